"""A second set of weeks as theaters write them, written after the first was read and before this one was."""

from tests.screenings.listings import Listing

SECOND = (
    Listing(
        "us_answering_machine", "en-US", "America/New_York", "2012-09-14",
        "Thank you for calling the Rialto. For the week of Friday, September 14th through Thursday, September 20th:\n"
        "Beasts of the Southern Wild, rated PG-13, Friday and Saturday at 4:45, 7:00 and 9:15, Sunday at 2:30, 4:45 and 7:00, Monday through Thursday at 7:00.\n"
        "Our late show Friday and Saturday at 11:30 is Jaws.",
        {"Beasts of the Southern Wild": "Fri,Sat 16:45 19:00 21:15; Sun 14:30 16:45 19:00; Mon-Thu 19:00", "Jaws": "Fri,Sat 23:30"},
    ),
    Listing(
        "us_times_first_newspaper", "en-US", "America/Denver", "2014-03-07",
        "“Gloria” (R, 110 minutes). 4:30 and 7 p.m. Friday; 2, 4:30 and 7 p.m. Saturday-Sunday; 7 p.m. Monday-Thursday.\n"
        "“The Wind Rises” (PG-13). 11:30 a.m. Saturday-Sunday (dubbed); 9:20 p.m. Friday-Saturday (subtitled).\n"
        "“Stranger by the Lake” (not rated). 9:30 p.m. Wednesday-Thursday. No one under 18.",
        {"Gloria": "Fri 16:30 19:00; Sat,Sun 14:00 16:30 19:00; Mon-Thu 19:00",
         "The Wind Rises": "Sat 11:30+dubbed 21:20+subtitled; Sun 11:30+dubbed; Fri 21:20+subtitled",
         "Stranger by the Lake": "Wed,Thu 21:30"},
    ),
    Listing(
        "us_multiscreen_tabs", "en-US", "America/Chicago", "2015-07-17",
        "Screen 1\tAmy (R)\tFri-Sun 1:00 4:00 7:00 9:45\n\t\tMon-Thu 4:00 7:00\nScreen 2\tMr. Holmes (PG)\tDaily 1:30 4:20 7:10\nScreen 3\tTangerine\tFri & Sat 9:30",
        {"Amy": "Fri-Sun 13:00 16:00 19:00 21:45; Mon-Thu 16:00 19:00", "Mr. Holmes": "Fri-Thu 13:30 16:20 19:10", "Tangerine": "Fri,Sat 21:30"},
    ),
    Listing(
        "us_asterisks", "en-US", "America/New_York", "2016-02-05",
        "HAIL, CAESAR! (PG-13)\nFri: 2:10, 4:40, 7:10, 9:40\nSat: 11:40am, 2:10, 4:40, 7:10, 9:40\nSun: 11:40am*, 2:10, 4:40, 7:10\nMon-Thu: 4:40, 7:10\n*open captioned",
        {"Hail, Caesar!": "Fri 14:10 16:40 19:10 21:40; Sat 11:40 14:10 16:40 19:10 21:40; Sun 11:40+OC 14:10 16:40 19:10; Mon-Thu 16:40 19:10"},
    ),
    Listing(
        "us_holiday_week", "en-US", "America/New_York", "2014-12-19",
        "THE IMITATION GAME\nFri 12/19 - Tue 12/23: 2:00, 4:30, 7:00\nClosed Christmas Eve\nChristmas Day 7:00 & 9:15\n\nWILD\nFri & Sat 9:20; Mon-Tue 9:20",
        {"The Imitation Game": "Fri-Tue 14:00 16:30 19:00; Thu 19:00 21:15", "Wild": "Fri,Sat,Mon,Tue 21:20"},
    ),
    Listing(
        "us_midnights", "en-US", "America/Los_Angeles", "2011-07-22",
        "ROCKY HORROR PICTURE SHOW - Midnight Saturday (w/ live cast)\nTABLOID - Fri-Thu 5:30, 7:45, 10:00; Sat-Sun also 1:00, 3:15\nTHE TRIP - Fri & Sat 12:10am\nSENNA - Tues 10:45",
        {"The Rocky Horror Picture Show": "Sat 24:00", "Tabloid": "Fri,Mon-Thu 17:30 19:45 22:00; Sat,Sun 13:00 15:15 17:30 19:45 22:00", "The Trip": "", "Senna": ""},
        flags=("Fri & Sat 12:10am", "Tues 10:45"),
    ),
    Listing(
        "us_school_calendar", "en-US", "America/New_York", "2013-02-15",
        "Campus Film Series\n\nFri 2/15 & Sat 2/16 - 7:00 & 9:30 - LINCOLN\nSun 2/17 - 2:00 - ARGO\nTue 2/19 - 7:30 - 5 BROKEN CAMERAS (free; discussion follows)\nThu 2/20 - 7:30 - THE INVISIBLE WAR",
        {"Lincoln": "Fri,Sat 19:00 21:30", "Argo": "Sun 14:00", "5 Broken Cameras": "Tue 19:30+qa", "The Invisible War": ""},
        flags=("Thu 2/20",), may_flag=("7:30",),
    ),
    Listing(
        "us_double_feature", "en-US", "America/Los_Angeles", "2013-10-11",
        "DOUBLE FEATURE Fri & Sat Oct 11 & 12: THE THIN MAN 7:30, AFTER THE THIN MAN 9:20 (35mm prints)\nSun Oct 13: METROPOLIS 2:00 with live organ; SUNRISE 7:00\nWed 8:00 THE MYSTERY GUEST",
        {"The Thin Man": "Fri,Sat 19:30", "After the Thin Man": "Fri,Sat 21:20+35mm", "Metropolis": "Sun 14:00", "Sunrise": "Sun 19:00"},
        flags=("THE MYSTERY GUEST",), may_flag=("Wed 8:00",),
    ),
    Listing(
        "ca_bilingual_numeric", "en-CA", "America/Vancouver", "2016-04-01",
        "Born to Be Blue — Fri 04/01 to Thu 04/07 @ 7:10 (Sat/Sun also @ 2:30)\nEye in the Sky — Fri, Sun, Tue @ 9:00pm; Wed @ 9:00pm [CC]; Thu 07/04 @ 9:00pm",
        {"Born to Be Blue": "Fri,Mon-Thu 19:10; Sat,Sun 14:30 19:10", "Eye in the Sky": "Fri,Sun,Tue 21:00; Wed 21:00+CC"}, flags=("Thu 07/04",), may_flag=("9:00pm",),
    ),
    Listing(
        "gb_what_is_on", "en-GB", "Europe/London", "2018-01-12",
        "FRI 12 JAN\nDarkest Hour 11am, 2.15pm, 5.30pm, 8.30pm\nHostiles 1pm, 8.15pm\n\nSAT 13 JAN\nPaddington 2 (kids’ club) 10.30am\nDarkest Hour 2.15pm, 5.30pm, 8.30pm (SOLD OUT)\n\n"
        "SUN 14 JAN\nDarkest Hour 3pm, 6pm (HOH)\nHostiles 8.40pm\n\nMON 15 JAN\nNo films\n\nTUES 16 JAN\nDarkest Hour 11am (Silver Screen), 8pm",
        {"Darkest Hour": "Fri 11:00 14:15 17:30 20:30; Sat 14:15 17:30 20:30+sold_out; Sun 15:00 18:00+OC; Tue 11:00 20:00", "Hostiles": "Fri 13:00 20:15; Sun 20:40", "Paddington 2": "Sat 10:30"},
    ),
    Listing(
        "gb_event_cinema", "en-GB", "Europe/London", "2019-10-18",
        "JUDY (12A) – 118 mins\nFri 18, Sat 19, Mon 21–Wed 23: 5.20, 8.00. Sun 20: 2.30, 5.20\nThurs 24: 1.00 (dementia-friendly), 5.20\nNT LIVE: Hansard – Thurs 24, 7.00pm, tickets £17.50\nMONOS (15), Spanish with English subtitles: Sun 8.10pm, Thurs 8.20pm",
        {"Judy": "Fri,Sat 17:20 20:00; Sun 14:30 17:20; Mon-Wed 17:20 20:00; Thu 13:00 17:20", "Hansard": "Thu 19:00", "Monos": "Sun 20:10+subtitled; Thu 20:20+subtitled"},
    ),
    Listing(
        "gb_24h_list", "en-GB", "Europe/London", "2014-05-30",
        "Edge of Tomorrow 2D (12A)\nFri to Sun 12:30 15:10 17:50 20:30\nMon to Thu 17:50 20:30\nEdge of Tomorrow 3D (12A)\nFri/Sat 23:00\nA Million Ways to Die in the West (15)\nDaily 18:00 20:45; Wed 20:45 subtitled; No 18:00 Tue",
        {"Edge of Tomorrow": "Fri,Sat 12:30 15:10 17:50 20:30 23:00+3D; Sun 12:30 15:10 17:50 20:30; Mon-Thu 17:50 20:30",
         "A Million Ways to Die in the West": "Fri-Mon 18:00 20:45; Tue 20:45; Wed 18:00 20:45+subtitled; Thu 18:00 20:45"},
    ),
    Listing(
        "ie_plain", "en-IE", "Europe/Dublin", "2015-04-03",
        "WOMAN IN GOLD (12A)\nFri to Thurs 6.20 & 8.40 nightly, Sat & Sun mats 2.00 & 4.10\nHOME (G)\nDaily mats 1.45 (not Good Friday)",
        {"Woman in Gold": "Fri,Mon-Thu 18:20 20:40; Sat,Sun 14:00 16:10 18:20 20:40", "Home": "Sat-Thu 13:45"},
        may_flag=("not Good Friday", "Good Friday"),
    ),
    Listing(
        "au_regional", "en-AU", "Australia/Perth", "2017-06-01",
        "WONDER WOMAN (M) 141min\nThu 1/6, Fri 2/6: 6.30pm\nSat 3/6: 1pm, 4pm, 7pm\nSun 4/6: 1pm, 4pm\nTue 6/6 (all tickets $10): 10.30am, 6.30pm\n\nVICEROY'S HOUSE (PG)\nWed 7/6: 10.30am & 1.15pm – Morning tea from 10am\nFri 9/6: 6pm",
        {"Wonder Woman": "Thu,Fri 18:30; Sat 13:00 16:00 19:00; Sun 13:00 16:00; Tue 10:30 18:30", "Viceroy's House": "Wed 10:30 13:15; 2017-06-09 18:00"},
    ),
    Listing(
        "fr_grid", "fr-FR", "Europe/Paris", "2021-09-22",
        "\tMer 22\tJeu 23\tVen 24\tSam 25\tDim 26\tLun 27\tMar 28\nDune (2h36)\t14h 20h30\t\t20h30 VO\t17h 20h30\t14h\t\t20h30 VO\nStillwater\t\t18h\t\t14h\t17h15\tRelâche\t18h (SME)\n",
        {"Dune": "Wed 14:00 20:30; Fri 20:30+subtitled; Sat 17:00 20:30; Sun 14:00; Tue 20:30+subtitled", "Stillwater": "Thu 18:00; Sat 14:00; Sun 17:15; Tue 18:00+OC"},
    ),
    Listing(
        "fr_newsletter", "fr-FR", "Europe/Paris", "2018-05-16",
        "Bonjour à tous, voici le programme du 16 au 22 mai :\n\n• EVERYBODY KNOWS de Asghar Farhadi (Espagne, 2h10, VOST) – mercredi à 20h30, samedi à 18h et lundi à 20h30\n"
        "• LA RÉVOLTE DES JOUETS dès 3 ans (33 min) – mercredi et dimanche à 16h, tarif unique 4 €\n• PLAIRE, AIMER ET COURIR VITE – jeudi 17 à 20h30, dimanche 20 à 18h, mardi 23 à 20h30\nLa séance de lundi est annulée.",
        {"Everybody Knows": "Wed 20:30+subtitled; Sat 18:00+subtitled; Mon 20:30+subtitled", "La Révolte des jouets": "Wed,Sun 16:00", "Plaire, aimer et courir vite": "Thu 20:30; Sun 18:00"},
        flags=("mardi 23", "La séance de lundi est annulée"),
    ),
    Listing(
        "fr_ca_quebec", "fr-CA", "America/Montreal", "2017-11-03",
        "La petite fille qui aimait trop les allumettes : ven. au jeu. 13 h, 17 h 15, 21 h 30\nVerónica (V.O. s.-t. fr.) : ven., sam. 19 h ; dim. 15 h ; mar. relâche\nLes séances de 13 h : 8,50 $",
        {"La petite fille qui aimait trop les allumettes": "Fri-Thu 13:00 17:15 21:30", "Verónica": "Fri,Sat 19:00+subtitled; Sun 15:00+subtitled"},
        may_flag=("Les séances de 13 h", "13 h"),
    ),
    Listing(
        "de_wochenprogramm", "de-DE", "Europe/Berlin", "2018-10-04",
        "Programm vom 4.10. bis 10.10.\n\nDONNERSTAG, 4.10.\n17.30 Gundermann\n20.15 BlacKkKlansman (OmU)\n\nFREITAG, 5.10.\n17.30 BlacKkKlansman\n20.15 Gundermann – in Anwesenheit des Regisseurs\n22.45 Mandy (OmU)\n\n"
        "SONNTAG, 7.10.\n11.00 Matinee: Wackersdorf\n15.00 Die Unglaublichen 2\n\nMO 8.10. + DI 9.10.\n20.15 BlacKkKlansman (DF)\n\nMittwoch Ruhetag",
        {"Gundermann": "Thu 17:30; Fri 20:15+qa", "BlacKkKlansman": "Thu 20:15+subtitled; Fri 17:30; Mon,Tue 20:15+dubbed", "Mandy": "Fri 22:45+subtitled", "Wackersdorf": "Sun 11:00", "Die Unglaublichen 2": "Sun 15:00"},
    ),
    Listing(
        "de_kurz", "de-DE", "Europe/Berlin", "2022-03-24",
        "Parallele Mütter (ab 6): Do-Sa+Mo 20 Uhr, So 17.30/20 Uhr, Di OmU 20 Uhr\nWunderschön: tgl. 17 Uhr (außer So), Sa a. 14.30\nJim Knopf: Sa/So 0.15\nKasse täglich ab 16.30 Uhr. Reservierung: 030-123 45 67",
        {"Parallele Mütter": "Thu-Sat,Mon 20:00; Sun 17:30 20:00; Tue 20:00+subtitled", "Wunderschön": "Thu,Fri,Mon-Wed 17:00; Sat 14:30 17:00"},
        flags=("Sa/So 0.15",), also_known=("Jim Knopf",),
    ),
    Listing(
        "at_dst_night", "de-AT", "Europe/Vienna", "2019-10-24",
        "Lange Nacht Sa 26.10.: PARASITE 20:00, US 22:30, CLIMAX 0:45, MANDY 2:30\nJoker (OV) täglich 19:30, Fr/Sa auch 22:15",
        {"Parasite": "Sat 20:00", "Us": "Sat 22:30", "Climax": "Sat 24:45", "Mandy": "Sat 26:30", "Joker": "Thu,Sun-Wed 19:30+ov; Fri,Sat 19:30+ov 22:15+ov"},
        flags=("2:30",),
    ),
    Listing(
        "ch_deutsch", "de-CH", "Europe/Zurich", "2020-09-10",
        "Tenet E/df\nDo–Mi 20.00; Sa/So 14.00 (D)\nPersian Lessons Ov/d | Fr 17.30, Mo 17.30 | So 11.00 mit Einführung\nEintritt CHF 18.-",
        {"Tenet": "Thu,Fri,Mon-Wed 20:00+subtitled; Sat,Sun 14:00+subtitled 20:00+subtitled", "Persian Lessons": "Fri,Mon 17:30+subtitled; Sun 11:00+subtitled+intro"},
    ),
    Listing(
        "es_cartelera", "es-ES", "Europe/Madrid", "2019-03-22",
        "DOLOR Y GLORIA (113 min. No recomendada para menores de 16 años)\nViernes: 16:15, 18:30, 20:45 y 23:00\nSábado y domingo: 12:00 (matinal), 16:15, 18:30 y 20:45\nDe lunes a jueves: 18:30 y 20:45 h. Martes 26 también 16:15 (VOSE)\nSin la sesión de 20:45 el miércoles\n"
        "DUMBO: estreno el viernes 29 de marzo\nPrecio: 7,50 € (miércoles, día del espectador, 5 €)",
        {"Dolor y gloria": "Fri 16:15 18:30 20:45 23:00; Sat,Sun 12:00 16:15 18:30 20:45; Mon 18:30 20:45; Tue 16:15+subtitled 18:30 20:45; Wed 18:30; Thu 18:30 20:45"},
        also_known=("Dumbo",),
    ),
    Listing(
        "mx_sala", "es-MX", "America/Mexico_City", "2022-10-28",
        "SALA 1\nArgentina, 1985 | Vie 28 y sáb 29: 17:00 y 20:00 hrs. | Dom 30: 12:00 hrs.\nSALA 2\nBardo (sub. esp.) | Mié 2 y jue 3 de noviembre: 19:30 hrs.\nMartes 1: cerrado por Día de Muertos\nFunción especial: sáb 29, medianoche: Nosferatu",
        {"Argentina, 1985": "Fri,Sat 17:00 20:00; Sun 12:00", "Bardo": "Wed,Thu 19:30+subtitled", "Nosferatu": "Sat 24:00"},
    ),
    Listing(
        "cl_dst", "es-CL", "America/Santiago", "2022-09-08",
        "1976: jueves a domingo 19:00 hrs.\nNOCHE DE CULTO: sábado 10, 22:00 LA MOSCA, 24:00 EL RESPLANDOR\n",
        {"1976": "Thu-Sun 19:00", "La mosca": "Sat 22:00", "El resplandor": ""}, flags=("24:00",),
    ),
    Listing(
        "gb_unknowns_and_typos", "en-GB", "Europe/London", "2012-10-05",
        "Looper (15) Fri-Thu 5.30 8.15 (no 5.30 Wed)\nLiberal Arts (12A) Fri Sat Sun Tues 6.00; Mond & Thru 8.30\nHOLY MOTORS (18): Wedneday 6.00, 8.40\nOpera Live: L’Elisir d’Amore Sat 13th 5.55pm\nCoffee morning Thursday 10.30 – 12 noon",
        {"Looper": "Fri-Tue 17:30 20:15; Wed 20:15; Thu 17:30 20:15", "Liberal Arts": "Fri-Sun,Tue 18:00; Mon,Thu 20:30", "Holy Motors": "Wed 18:00 20:40"},
        flags=("Elisir",), may_flag=("Opera Live", "Sat 13th", "Mond", "Thru", "Coffee morning Thursday 10.30", "12 noon"),
    ),
)  # fmt: skip
