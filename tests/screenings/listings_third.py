"""A third set of weeks as theaters write them, written before it was read."""

from tests.screenings.listings import Listing

THIRD = (
    Listing(
        "us_semicolons_and_prose_tail", "en-US", "America/New_York", "2013-09-06",
        "SHORT TERM 12 (R): Fri 4:45, 7:00, 9:10; Sat 2:30, 4:45, 7:00, 9:10; Sun 2:30, 4:45, 7:00; Mon-Wed 7:00; Thu 4:45 only. A film about foster care by Destin Daniel Cretton, who won a prize at 28.\n"
        "IN A WORLD... (R): Fri & Sat 9:20; Sun-Thu 5:00",
        {"Short Term 12": "Fri 16:45 19:00 21:10; Sat 14:30 16:45 19:00 21:10; Sun 14:30 16:45 19:00; Mon-Wed 19:00; Thu 16:45", "In a World...": "Fri,Sat 21:20; Sun-Thu 17:00"},
    ),
    Listing(
        "us_starts_times_first_ranges", "en-US", "America/Chicago", "2014-08-22",
        "Calvary: 5:00 & 7:30 Fri-Sun, 7:30 Mon-Thu\nMagic in the Moonlight: 4:45 daily, plus 2:15 Sat-Sun\nThe Trip to Italy: starts Wednesday, 7:15 nightly",
        {"Calvary": "Fri-Sun 17:00 19:30; Mon-Thu 19:30", "Magic in the Moonlight": "Fri,Mon-Thu 16:45; Sat,Sun 14:15 16:45", "The Trip to Italy": "Wed,Thu 19:15"},
    ),
    Listing(
        "us_no_shows", "en-US", "America/New_York", "2015-10-30",
        "STEVE JOBS Fri-Sun 1:30 4:15 7:00; Mon-Thu 4:15 7:00\nNo shows before 5 pm Tuesday\nNo 7:00 show Halloween (Sat 10/31)\nROOM Daily 1:45 4:30 7:10 - Thu 7:10 canceled",
        {"Steve Jobs": "Fri 13:30 16:15 19:00; Sat 13:30 16:15; Sun 13:30 16:15 19:00; Mon,Wed,Thu 16:15 19:00; Tue 19:00", "Room": "Fri-Wed 13:45 16:30 19:10; Thu 13:45 16:30"},
        may_flag=("No shows before 5 pm Tuesday",),
    ),
    Listing(
        "us_dst_week_late", "en-US", "America/Los_Angeles", "2016-11-04",
        "MOONLIGHT (R) Fri-Sun 11:30 2:00 4:30 7:00 9:30; Mon-Thu 2:00 4:30 7:00\nMIDNIGHT MOVIES\nFri: THE THING 11:59 pm\nSat: EVIL DEAD 2 midnight; AUDITION 1:45 am",
        {"Moonlight": "Fri-Sun 11:30 14:00 16:30 19:00 21:30; Mon-Thu 14:00 16:30 19:00", "The Thing": "Fri 23:59", "Evil Dead 2": "Sat 24:00", "Audition": "Sat 25:45"},
        flags=("1:45 am",),
    ),
    Listing(
        "us_open_ended_flags", "en-US", "America/Denver", "2016-06-17",
        "MAGGIE'S PLAN\nFri-Thu 4:30 7:00\nSat matinee time TBA\nLOVE & FRIENDSHIP\nFri 11:00\nSun 2:00 or 2:30\nMon-Thu 5:15\nThe Weekend of June 18: kids' matinee FINDING NEMO 10:30",
        {"Maggie's Plan": "Fri-Thu 16:30 19:00", "Love & Friendship": "Mon-Thu 17:15", "Finding Nemo": ""},
        flags=("time TBA", "Fri 11:00", "2:00 or 2:30", "Weekend of June 18"), may_flag=("kids' matinee FINDING NEMO 10:30", "10:30"),
    ),
    Listing(
        "us_email_forward", "en-US", "America/New_York", "2012-11-09",
        "---------- Forwarded message ----------\nFrom: Box Office <box@palace.example>\nDate: Mon, Nov 5, 2012 at 3:15 PM\nSubject: showtimes 11/9 - 11/15\nTo: Ana\n\n"
        "Lincoln (PG-13) 12:45, 4:00, 7:15 daily, plus 10:20 Fri/Sat\nSkyfall - Fri 11/9 thru Thu 11/15: 1:00 4:05 7:10 10:10\n\nThanks,\nSam 555-0199",
        {"Lincoln": "Fri,Sat 12:45 16:00 19:15 22:20; Sun-Thu 12:45 16:00 19:15", "Skyfall": "Fri-Thu 13:00 16:05 19:10 22:10"},
        may_flag=("10:20 Fri/Sat", "3:15 PM", "Date: Mon, Nov 5, 2012 at 3:15 PM"),
    ),
    Listing(
        "gb_dates_in_lists", "en-GB", "Europe/London", "2013-11-22",
        "GRAVITY 3D (12A)\nFri 22, Sat 23, Sun 24 Nov 15.00, 20.45\nMon 25 – Thu 28 Nov 20.45\nBLUE IS THE WARMEST COLOUR (18) Subtitled\nFri 22 – Sun 24 17.15; Tue 26 & Wed 27 14.00 & 17.15; Fri 28 17.15",
        {"Gravity": "Fri-Sun 15:00+3D 20:45+3D; Mon-Thu 20:45+3D", "Blue Is the Warmest Colour": "Fri-Sun 17:15+subtitled; Tue,Wed 14:00+subtitled 17:15+subtitled"},
        flags=("Fri 28",), may_flag=("Fri 28 17.15",),
    ),
    Listing(
        "gb_access_key", "en-GB", "Europe/London", "2022-03-04",
        "Key: (S) subtitled, (AD) audio description, (R) relaxed\n\nThe Batman (15)\nFri, Sat: 1pm, 4.45pm, 8.30pm\nSun: 10.30am (R), 2.15pm, 6pm\nMon–Thu: 4pm, 7.45pm\n\nAli & Ava (15) – all screenings AD\nFri–Sun 6.15pm, Tue 11am (Bring Your Own Baby), Wed 6.15pm (captioned)",
        {"The Batman": "Fri,Sat 13:00 16:45 20:30; Sun 10:30 14:15 18:00; Mon-Thu 16:00 19:45", "Ali & Ava": "Fri-Sun 18:15+AD; Tue 11:00+AD+baby; Wed 18:15+AD+OC"},
    ),
    Listing(
        "ie_24_and_12", "en-IE", "Europe/Dublin", "2018-06-22",
        "HEREDITARY (16)\nFri/Sat/Sun 15.40 18.20 21.00\nMon-Thurs 18.20 21.00\nOCEAN'S 8 (12A)\nDaily 13.30 16.00 18.30; Fri & Sat late 23.15\nNB: Wed – no 18.30 Ocean's 8 (private hire)",
        {"Hereditary": "Fri-Sun 15:40 18:20 21:00; Mon-Thu 18:20 21:00", "Ocean's 8": "Fri,Sat 13:30 16:00 18:30 23:15; Sun-Tue 13:30 16:00 18:30; Wed 13:30 16:00; Thu 13:30 16:00 18:30"},
    ),
    Listing(
        "au_dst_end", "en-AU", "Australia/Melbourne", "2019-04-04",
        "US (MA15+): Thu-Wed 1.20pm, 6.40pm, 9.10pm\nCULT SATURDAY 6 April: SUSPIRIA 9.30pm, THE BEYOND midnight, PIECES 2.15am\nSeniors Tues 10.30am: TOP END WEDDING",
        {"Us": "Thu-Wed 13:20 18:40 21:10", "Suspiria": "Sat 21:30", "The Beyond": "Sat 24:00", "Pieces": "Sat 26:15", "Top End Wedding": "Tue 10:30"},
        flags=("2.15am",),
    ),
    Listing(
        "fr_letters", "fr-FR", "Europe/Paris", "2016-11-16",
        "MA VIE DE COURGETTE 1h06 dès 8 ans : me 14h et 16h, sa 14h, di 11h\nMADEMOISELLE (VO, int. -12 ans) 2h25 : me je 20h, ve sa 18h et 21h, lu ma 20h - sauf lu 21\nTANNA - VO - 1h44 : di 18h30 (suivie d’une rencontre), ma 22 à 14h",
        {"Ma vie de Courgette": "Wed 14:00 16:00; Sat 14:00; Sun 11:00", "Mademoiselle": "Wed,Thu 20:00+subtitled; Fri,Sat 18:00+subtitled 21:00+subtitled; Tue 20:00+subtitled", "Tanna": "Sun 18:30+subtitled+qa; Tue 14:00+subtitled"},
    ),
    Listing(
        "fr_title_after", "fr-FR", "Europe/Paris", "2020-01-15",
        "Mer. 15 janvier, 20h30 : 1917 (VO)\nJeu. 16 janvier, 14h : Les Filles du docteur March (VF)\nVen. 17, 18h : Les Misérables ; 20h30 : 1917 (VF)\nSam. 18, 0h15 : Titanic\nDim. 19, 17h : film surprise\nMer. 22, 20h30 : Swallow",
        {"1917": "Wed 20:30+subtitled; Fri 20:30+dubbed", "Les Filles du docteur March": "Thu 14:00+dubbed", "Les Misérables": "Fri 18:00", "Titanic": "", "Swallow": "2020-01-22 20:30"},
        flags=("Sam. 18, 0h15",), may_flag=("film surprise", "Dim. 19, 17h", "17h"),
    ),
    Listing(
        "de_mixed", "de-DE", "Europe/Berlin", "2017-11-16",
        "Fikkefuchs (ab 16, 101 Min): Do 16.11. - Mi 22.11. tägl. 21.00, außer Mo; So zusätzlich 14.30\nDetroit: Do–So 18.00, Mo OmU 20.30, Di/Mi 18.00\nKinderkino: Paddington Sa + So 15.00, Mi 10.00 Uhr\nFilmfrühstück So 10.30 (Einlass 9.30): Maudie\nMo. 20.11. keine Spätvorstellung!",
        {"Fikkefuchs": "Thu-Sat,Tue,Wed 21:00; Sun 14:30 21:00", "Detroit": "Thu-Sun 18:00; Mon 20:30+subtitled; Tue,Wed 18:00", "Paddington": "Sat,Sun 15:00; Wed 10:00", "Maudie": "Sun 10:30"},
        may_flag=("Mo. 20.11. keine Spätvorstellung", "keine Spätvorstellung"),
    ),
    Listing(
        "de_tabelle", "de-DE", "Europe/Berlin", "2021-08-05",
        "| Film | Do 5.8. | Fr 6.8. | Sa 7.8. | So 8.8. | Mo 9.8. | Di 10.8. | Mi 11.8. |\n|---|---|---|---|---|---|---|---|\n| Nomadland | 18:00 | 18:00 | 15:30 OmU | 11:00 | – | 20:30 OmU | 18:00 |\n| Der Rausch | 20:30 | 20:30 / 22:45 | 20:30 | – | 18:00 | – | ausverkauft 20:30 |\n| Sneak | – | – | – | – | – | – | 22:30 |",
        {"Nomadland": "Thu,Fri 18:00; Sat 15:30+subtitled; Sun 11:00; Tue 20:30+subtitled; Wed 18:00", "Der Rausch": "Thu 20:30; Fri 20:30 22:45; Sat 20:30; Mon 18:00; Wed 20:30+sold_out"},
        flags=("Sneak",), may_flag=("22:30",),
    ),
    Listing(
        "es_listado", "es-ES", "Europe/Madrid", "2018-11-09",
        "VIERNES 9: 16.30 Cold War (VOSE) · 18.15 Viaje al cuarto de una madre · 20.15 Cold War (VOSE)\nSÁBADO 10: 12.00 Mi vecino Totoro (doblada) · 18.15 Cold War · 20.15 Viaje al cuarto de una madre (presentación de la directora)\nDOMINGO 11: cerrado\nLUNES 12 y MARTES 13: 19.00 Cold War (VOSE)",
        {"Cold War": "Fri 16:30+subtitled 20:15+subtitled; Sat 18:15; Mon,Tue 19:00+subtitled", "Viaje al cuarto de una madre": "Fri 18:15; Sat 20:15+intro", "Mi vecino Totoro": "Sat 12:00+dubbed"},
    ),
    Listing(
        "es_mx_prosa", "es-MX", "America/Mexico_City", "2023-05-05",
        "Huesera continúa en cartelera: viernes y sábado 18:00 y 20:30 hrs; domingo 16:00 hrs; de martes a jueves 19:00 hrs. Lunes no hay función.\nSábado 6, 11:00 am: Coco (función infantil, entrada libre)\nLa noche del sábado 6, trasnoche: Videofobia\nFin de semana: El Topo 21:00",
        {"Huesera": "Fri,Sat 18:00 20:30; Sun 16:00; Tue-Thu 19:00", "Coco": "Sat 11:00", "Videofobia": "Sat 24:00", "El Topo": ""},
        flags=("Fin de semana",), may_flag=("El Topo 21:00",),
    ),
    Listing(
        "us_grid_by_film", "en-US", "America/New_York", "2017-07-14",
        "\tA Ghost Story\tThe Big Sick\nFri\t7:30, 9:30\t4:00, 6:45, 9:20\nSat\t1:00 (OC), 7:30, 9:30\t1:15, 4:00, 6:45, 9:20\nSun\t1:00, 7:30\t1:15, 4:00, 6:45\nMon-Thu\t7:30\t6:45\n",
        {"A Ghost Story": "Fri 19:30 21:30; Sat 13:00+OC 19:30 21:30; Sun 13:00 19:30; Mon-Thu 19:30", "The Big Sick": "Fri 16:00 18:45 21:20; Sat 13:15 16:00 18:45 21:20; Sun 13:15 16:00 18:45; Mon-Thu 18:45"},
    ),
    Listing(
        "us_side_by_side", "en-US", "America/New_York", "2014-05-16",
        "CHEF (R)\tIDA (PG-13)\nFri 4:15 7:00 9:30\tFri 5:00 7:15\nSat-Sun 1:30 4:15 7:00\tSat-Sun 2:45 5:00 7:15\nMon-Thu 7:00\tMon-Thu 7:15",
        {"Chef": "Fri 16:15 19:00 21:30; Sat,Sun 13:30 16:15 19:00; Mon-Thu 19:00", "Ida": "Fri 17:00 19:15; Sat,Sun 14:45 17:00 19:15; Mon-Thu 19:15"},
    ),
    Listing(
        "us_abbreviations", "en-US", "America/Chicago", "2018-02-09",
        "PHANTOM THREAD F-Su 1, 4, 7; M-Th 4, 7\nCALL ME BY YOUR NAME F/Sa 9:40, Tu/Th 1:15\nTHE SHAPE OF WATER (OC: Su 1:10) Daily 4:10 7:10; Sa-Su 1:10",
        {"Phantom Thread": "Fri-Sun 13:00 16:00 19:00; Mon-Thu 16:00 19:00", "Call Me by Your Name": "Fri,Sat 21:40; Tue,Thu 13:15", "The Shape of Water": "Fri,Mon-Thu 16:10 19:10; Sat 13:10 16:10 19:10; Sun 13:10+OC 16:10 19:10"},
    ),
    Listing(
        "us_title_lines_with_dates", "en-US", "America/Los_Angeles", "2013-07-05",
        "JULY 5-7: BEFORE MIDNIGHT\nFri 7:00, 9:15 • Sat 4:30, 7:00, 9:15 • Sun 4:30, 7:00\nJULY 8-11: STORIES WE TELL\n7:30 nightly • Wed. also 5:00\nJULY 12-18: THE EAST - 7:00, 9:30",
        {"Before Midnight": "Fri 19:00 21:15; Sat 16:30 19:00 21:15; Sun 16:30 19:00", "Stories We Tell": "Mon,Tue,Thu 19:30; Wed 17:00 19:30",
         "The East": "2013-07-12,2013-07-13,2013-07-14,2013-07-15,2013-07-16,2013-07-17,2013-07-18 19:00 21:30"},
    ),
)  # fmt: skip
