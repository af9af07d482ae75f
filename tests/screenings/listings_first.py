"""Weeks as theaters in many countries would write them; the first set, written before it was read."""

from tests.screenings.listings import Listing

FIRST = (
    Listing(
        "us_newspaper_bargains", "en-US", "America/New_York", "2012-08-24",
        "THE QUEEN OF VERSAILLES (PG) 1 hr. 40 min.\n(1:05) (3:20) 5:35, 7:50 Fri.-Sun.; (3:20) 7:50 Mon.-Thurs.\n"
        "ROBOT & FRANK (PG-13): Fri/Sat 2:15, 4:30, 7:15, 9:25; Sun 2:15, 4:30, 7:15; Mon-Thu 4:30, 7:15 (no 4:30 Tue)\n"
        "Box office opens 30 minutes before the first show. Info: (518) 555-0142",
        {"The Queen of Versailles": "Fri-Sun 13:05+bargain 15:20+bargain 17:35 19:50; Mon-Thu 15:20+bargain 19:50",
         "Robot & Frank": "Fri,Sat 14:15 16:30 19:15 21:25; Sun 14:15 16:30 19:15; Mon,Wed,Thu 16:30 19:15; Tue 19:15"},
    ),
    Listing(
        "us_art_house_email", "en-US", "America/Chicago", "2014-07-18",
        "Hello friends of the Orpheum,\n\nhere is what's playing July 18 - 24:\n\nBOYHOOD (R, 165 min)\n"
        "Fri 4:00 & 8:00\nSat & Sun 12:00, 4:00 & 8:00\nMon - Thu 7:00\n(open captions Tue)\n\n"
        "LIFE ITSELF (R)\nSat 10:30 am with a Q&A\nWed 4:30\n\nTickets are $9, $6 before 5 pm.\nwww.orpheum.example.org",
        {"Boyhood": "Fri 16:00 20:00; Sat,Sun 12:00 16:00 20:00; Mon,Wed,Thu 19:00; Tue 19:00+OC",
         "Life Itself": "Sat 10:30+qa; Wed 16:30"},
    ),
    Listing(
        "us_drive_in", "en-US", "America/Denver", "2013-06-14",
        "SCREEN 1: Epic, Fri-Sun, 8:45 pm\nSecond feature: Man of Steel 10:40\nGates open 7:30. $8 per person, kids under 12 free.",
        {"Epic": "Fri-Sun 20:45", "Man of Steel": "Fri-Sun 22:40"},
    ),
    Listing(
        "us_trailing_titles", "en-US", "America/Los_Angeles", "2014-10-10",
        "Friday, October 10\n2:00 Pride\n4:45 The Skeleton Twins\n7:00 Pride\n9:30 The Skeleton Twins\n\n"
        "Saturday, October 11\n11:00 Pride\n1:30 The Skeleton Twins\n7:00 Pride (Q&A with the director)\n",
        {"Pride": "Fri 14:00 19:00; Sat 11:00 19:00+qa", "The Skeleton Twins": "Fri 16:45 21:30; Sat 13:30"},
    ),
    Listing(
        "us_misc_flags", "en-US", "America/New_York", "2013-11-15",
        "ENOUGH SAID\nDaily 1:15, 4:15, 7:15\nFri 11/16 9:40\nWeekdays 10:00\nFRUITVALE STATION\nMon & Tue 7:30; Wed call for times\n25th HOUR RETROSPECTIVE Sun 5:00",
        {"Enough Said": "Fri-Thu 13:15 16:15 19:15", "Fruitvale Station": "Mon,Tue 19:30"},
        flags=("Fri 11/16", "Weekdays 10:00", "Wed call for times", "25th HOUR RETROSPECTIVE"), may_flag=("Sun 5:00", "Fri 11/16 9:40"),
    ),
    Listing(
        "ca_matinees", "en-CA", "America/Toronto", "2015-03-06",
        "Still Alice (PG) – Fri Mar 6 to Thu Mar 12 – 7:00 pm nightly, plus 2:00 pm matinees Sat & Sun\n"
        "What We Do in the Shadows (14A) – Fri 3/6 & Sat 3/7 – 9:15 pm; late show Sat 11:30\nCLOSED Wednesday for a private event",
        {"Still Alice": "Fri 19:00; Sat,Sun 14:00 19:00; Mon,Tue,Thu 19:00",
         "What We Do in the Shadows": "Fri 21:15; Sat 21:15 23:30"},
    ),
    Listing(
        "gb_brochure", "en-GB", "Europe/London", "2017-11-10",
        "FRI 10 – THU 16 NOVEMBER\n\nThe Florida Project (15)\n111 mins\nDaily 13.15, 18.00 (not Tue), 20.30\nTue 10.30 (Parent & Baby)\n"
        "Sun 13.15 subtitled for the hard of hearing\n\nMurder on the Orient Express (12A)\nFri–Sun 12.30, 15.20, 20.50\nMon–Thu 15.20, 20.50\n"
        "Relaxed screening Sat 11 Nov 10.15am",
        {"The Florida Project": "Fri,Sat 13:15 18:00 20:30; Sun 13:15+OC 18:00 20:30; Mon 13:15 18:00 20:30; Tue 10:30+baby 13:15 20:30; Wed,Thu 13:15 18:00 20:30",
         "Murder on the Orient Express": "Fri 12:30 15:20 20:50; Sat 10:15+relaxed 12:30 15:20 20:50; Sun 12:30 15:20 20:50; Mon-Thu 15:20 20:50"},
    ),
    Listing(
        "gb_two_columns", "en-GB", "Europe/London", "2016-01-08",
        "Film\tFri 8\tSat 9\tSun 10\tMon 11\tTue 12\tWed 13\tThu 14\n"
        "Joy (12A)\t17.45\t14.00, 17.45\t14.00\t–\t17.45\t17.45\t11.00 (CC)\n"
        "The Danish Girl\t20.15\t20.15\t17.00 & 20.15\t20.15\t20.15 + intro\tno show\t20.15\n",
        {"Joy": "Fri 17:45; Sat 14:00 17:45; Sun 14:00; Tue,Wed 17:45; Thu 11:00+CC",
         "The Danish Girl": "Fri,Sat 20:15; Sun 17:00 20:15; Mon 20:15; Tue 20:15+intro; Thu 20:15"},
    ),
    Listing(
        "ie_village_hall", "en-IE", "Europe/Dublin", "2019-02-15",
        "The Favourite (15A): Fri, Sat & Mon 8.15pm; Sun 3pm & 8.15pm\nDoors 7.30pm. Bar open until 11pm.\n"
        "Cold War: Tues-Thurs 8pm – in Polish with English subtitles\nComing soon: Capernaum",
        {"The Favourite": "Fri,Sat,Mon 20:15; Sun 15:00 20:15", "Cold War": "Tue-Thu 20:00+subtitled"}, also_known=("Capernaum",),
    ),
    Listing(
        "au_thursday_week", "en-AU", "Australia/Sydney", "2018-04-05",
        "THE DEATH OF STALIN (MA15+) 107 MINS\nThu 5 - Wed 11 April: 10.30am, 1.00, 3.45, 6.15, 8.40pm (no 8.40pm Sun)\n"
        "SWEET COUNTRY (MA15+)\nThu-Sat 11.15am 6.30pm; Sun-Wed 4.10pm\nBabes in Arms: Thu 11.15am\nMidnight Oil 1984 - final session Wed 6.00pm",
        {"The Death of Stalin": "Thu-Sat 10:30 13:00 15:45 18:15 20:40; Sun 10:30 13:00 15:45 18:15; Mon-Wed 10:30 13:00 15:45 18:15 20:40",
         "Sweet Country": "Thu 11:15+baby 18:30; Fri,Sat 11:15 18:30; Sun-Wed 16:10", "Midnight Oil 1984": "Wed 18:00"},
    ),
    Listing(
        "fr_municipal", "fr-FR", "Europe/Paris", "2018-01-31",
        "SEMAINE DU 31 JANVIER AU 6 FÉVRIER\n\nWONDER WHEEL (1h41) VOST\nMer 18h30, Ven 21h, Dim 18h30\n\n"
        "LES TUCHE 3 – 1h32\nMer 14h / 20h45 – Sam 14h30 / 17h / 21h – Dim 14h30 / 16h30 – Mar 20h30\n\n"
        "JUSQU’À LA GARDE\nJeu 20h30 (en présence du réalisateur) Lun 18h15\nTarif plein : 6,50 € – Relâche vendredi après-midi",
        {"Wonder Wheel": "Wed 18:30+subtitled; Fri 21:00+subtitled; Sun 18:30+subtitled",
         "Les Tuche 3": "Wed 14:00 20:45; Sat 14:30 17:00 21:00; Sun 14:30 16:30; Tue 20:30",
         "Jusqu'à la garde": "Thu 20:30+qa; Mon 18:15"},
        may_flag=("Relâche vendredi après-midi",),
    ),
    Listing(
        "fr_day_by_day", "fr-FR", "Europe/Paris", "2022-09-14",
        "Mercredi 14\n14h30 : Les Enfants des autres\n18h : Revoir Paris (VF, sous-titres SME)\n20h30 : Les Enfants des autres\n\n"
        "Vendredi 16\n20h30 : Revoir Paris – avant-première suivie d’une rencontre\n\nDimanche 18\nMinuit : Nosferatu\n",
        {"Les Enfants des autres": "Wed 14:30 20:30", "Revoir Paris": "Wed 18:00+dubbed+OC; Fri 20:30+preview+qa", "Nosferatu": "Sun 24:00"},
    ),
    Listing(
        "fr_default_time", "fr-FR", "Europe/Paris", "2019-11-06",
        "Ciné-club – toutes les séances sont à 20h30 sauf mention contraire\n\nParasite : mercredi 6 et dimanche 10\n"
        "Joker : jeudi 7 et samedi 9 (18h)\nPapicha : vendredi 8 (séance complète)",
        {"Parasite": "Wed,Sun 20:30", "Joker": "Thu 20:30; Sat 18:00", "Papicha": "Fri 20:30+sold_out"},
    ),
    Listing(
        "de_programmkino", "de-DE", "Europe/Berlin", "2019-02-14",
        "VICE – Der zweite Mann (FSK 12, 132 Min.)\nDo 14.2. bis Mi 20.2. tägl. 17.30 und 20.30 Uhr, Mo 20.30 Uhr OmU\n"
        "Der Junge muss an die frische Luft\nDo/Fr/Sa 15.00, So 11.15 + 15.00\nDi, 19.2. Ruhetag\nEinlass jeweils 30 Min. vorher, Kasse ab 14.30 Uhr, Tel. 0341/555 01 23",
        {"Vice - Der zweite Mann": "Thu-Sun 17:30 20:30; Mon 17:30 20:30+subtitled; Wed 17:30 20:30",
         "Der Junge muss an die frische Luft": "Thu-Sat 15:00; Sun 11:15 15:00"},
    ),
    Listing(
        "at_kino", "de-AT", "Europe/Vienna", "2021-10-14",
        "Titane (OmdU) | Do-So 20:15 | Mo+Di 18:00\nMonte Verità | täglich außer Mo 18:00 | Sa auch 22:15\n"
        "Sneak Preview | Mi 20:00\nHochwald – mit Filmgespräch | Mi 19.30 Uhr",
        {"Titane": "Thu-Sun 20:15+subtitled; Mon,Tue 18:00+subtitled", "Monte Verità": "Thu,Fri,Sun,Tue,Wed 18:00; Sat 18:00 22:15",
         "Hochwald": "Wed 19:30+qa"},
        flags=("Sneak Preview",), may_flag=("Mi 20:00",),
    ),
    Listing(
        "ch_romandie", "fr-CH", "Europe/Zurich", "2020-02-12",
        "1917\nVO angl. s-t fr/all\nme-di 20.15 / lu ma 18.00\nLa Llorona (E/d,f)\nve 18.15, di 11.00\nPrix: 16.- / réduit 12.-",
        {"1917": "Wed-Sun 20:15+subtitled; Mon,Tue 18:00+subtitled", "La Llorona": "Fri 18:15+subtitled; Sun 11:00+subtitled"},
    ),
    Listing(
        "es_filmoteca", "es-ES", "Europe/Madrid", "2022-11-11",
        "ALCARRÀS. V, S y D: 17:00, 19:30 y 22:00. L a J: 17:00 y 19:30 (X sin la de 19:30)\n"
        "AS BESTAS (VOSE): de viernes a domingo, 20.15 h; martes 15, 18.00 h con coloquio\nLunes cerrado",
        {"Alcarràs": "Fri-Sun 17:00 19:30 22:00; Tue 17:00 19:30; Wed 17:00; Thu 17:00 19:30",
         "As bestas": "Fri-Sun 20:15+subtitled; Tue 18:00+subtitled+qa"},
    ),
    Listing(
        "mx_cineteca", "es-MX", "America/Mexico_City", "2019-03-01",
        "ROMA (135 min)\nVie a Dom 4:00, 7:00 y 9:30 pm\nLun a Jue 7:00 pm\nMUSEO\nsábado 2 y domingo 3, 12:00 h\nEntrada general $50. Informes: 55 4155 1200",
        {"Roma": "Fri-Sun 16:00 19:00 21:30; Mon-Thu 19:00", "Museo": "Sat,Sun 12:00"},
    ),
    Listing(
        "ar_trasnoche", "es-AR", "America/Argentina/Buenos_Aires", "2018-08-02",
        "El Ángel: todos los días 15:30, 18:00, 20:30 y 22:50. Trasnoche viernes y sábado.\nLa ciénaga (35mm): lunes 6, 21 h, presentada por Lucrecia Martel\n"
        "Domingo sin la de 22:50",
        {"El Ángel": "Thu 15:30 18:00 20:30 22:50; Fri,Sat 15:30 18:00 20:30 22:50 24:00; Sun-Wed 15:30 18:00 20:30 22:50", "La ciénaga": "Mon 21:00+35mm+intro"},
        flags=("Domingo sin la de 22:50",),
    ),
    Listing(
        "dst_back_chicago", "en-US", "America/Chicago", "2014-10-31",
        "HALLOWEEN (R)\nFri 7:00 pm, 9:30 pm, midnight\nSat 7:00 pm, 10:00 pm, 1:30 am\nTHE BABADOOK\nSun-Thu 7:15",
        {"Halloween": "Fri 19:00 21:30 24:00; Sat 19:00 22:00 25:30", "The Babadook": "Sun-Thu 19:15"}, flags=("1:30 am",),
    ),
    Listing(
        "phoenix_marathon", "en-US", "America/Phoenix", "2013-03-08",
        "Horror marathon Sat 3/9: PHANTASM 7:30 pm, BASKET CASE 9:30, MANIAC COP 11:45, STREET TRASH 2:30 am",
        {"Phantasm": "Sat 19:30", "Basket Case": "Sat 21:30", "Maniac Cop": "Sat 23:45", "Street Trash": "Sat 26:30"},
    ),
    Listing(
        "us_prose", "en-US", "America/New_York", "2015-05-01",
        "Clouds of Sils Maria, from the director of Summer Hours, opens Friday! Showtimes: 4:20, 7:00, 9:35 (Fri-Sun); 7:00 only (Mon-Thu).\n"
        "Please join us on Sunday at 6:00 for wine in the lobby.\nEx Machina continues nightly at 7:10 through Tuesday.",
        {"Clouds of Sils Maria": "Fri-Sun 16:20 19:00 21:35; Mon-Thu 19:00", "Ex Machina": "Fri-Tue 19:10"},
        also_known=("Summer Hours",), may_flag=("Please join us on Sunday at 6:00 for wine in the lobby",),
    ),
    Listing(
        "us_html_paste", "en-US", "America/New_York", "2013-08-09",
        "<p><b>Blue Jasmine</b> (PG&#8209;13)<br>Fri&ndash;Sun: 1:45, 4:20, 7:05 &amp; 9:30<br/>Mon&ndash;Thu:&nbsp;4:20 &amp; 7:05</p>\n"
        "<p><b>The Spectacular Now</b><br>Fri. &amp; Sat. 9:45<br>Thurs. 8/15 at 7:30 (sneak preview)</p>",
        {"Blue Jasmine": "Fri-Sun 13:45 16:20 19:05 21:30; Mon-Thu 16:20 19:05", "The Spectacular Now": "Fri,Sat 21:45; Thu 19:30+preview"},
    ),
    Listing(
        "us_csv_24", "en-US", "America/New_York", "2014-02-07",
        "date,time,title,notes\n2014-02-07,19:00,\"Gloria\",subtitled\n2014-02-08,16:30,\"Gloria\",subtitled\n2014-02-08,21:00,\"The Past\",\"subtitled, 35mm\"\n2014-02-30,19:00,\"The Past\",\n",
        {"Gloria": "Fri 19:00+subtitled; Sat 16:30+subtitled", "The Past": "Sat 21:00+subtitled+35mm"}, flags=("2014-02-30",),
    ),
    Listing(
        "us_typos", "en-US", "America/New_York", "2012-10-12",
        "ARGOO (R): Firday-Sunady 1:20 4:10 7:00 9:40; Mon-Thrusday 7:00\nTHE PERKS OF BEING A WALLFLOWR: Sta. & Sun. 2:00; Daily 7:20",
        {"Argo": "Fri-Sun 13:20 16:10 19:00 21:40; Mon-Thu 19:00", "The Perks of Being a Wallflower": "Fri 19:20; Sat,Sun 14:00 19:20; Mon-Thu 19:20"},
        may_flag=("ARGOO", "Firday", "Sunady", "Thrusday", "WALLFLOWR", "Sta"),
    ),
)  # fmt: skip
