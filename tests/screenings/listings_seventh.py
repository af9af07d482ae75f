"""A seventh set of weeks as theaters write them, harder ones, written before they were read."""

from tests.screenings.listings import Listing

SEVENTH = (
    Listing(
        "en_us_seventh_01",
        "en-US",
        "America/Chicago",
        "2012-11-09",
        "Friday, Nov. 9\n"
        "Skyfall 12:30 3:45 7 10:15\n"
        "Lincoln 7:15\n"
        "Saturday, Nov. 10\n"
        "Skyfall 12:30 3:45 7 10:15\n"
        "Cloud Atlas 11\n"
        "Sunday, Nov. 11\n"
        "Skyfall 12:30 3:45 7\n"
        "Lincoln 4, 7:15\n"
        "Monday-Thursday, Nov. 12-15\n"
        "Skyfall 4:15 7:30\n"
        "Lincoln 7:15",
        {
            "Skyfall": "Fri,Sat 12:30 15:45 19:00 22:15; Sun 12:30 15:45 19:00; Mon-Thu 16:15 19:30",
            "Lincoln": "Fri 19:15; Sun 16:00 19:15; Mon-Thu 19:15",
            "Cloud Atlas": "",
        },
        ("11",),
        ("Cloud Atlas 11",),
    ),
    Listing(
        "en_us_seventh_02",
        "en-US",
        "America/Los_Angeles",
        "2016-02-05",
        "HAIL, CAESAR! (PG-13) 106 min\n"
        "Fri - Sun: (12:05), (2:35), 5:05, 7:35, 10:05\n"
        "Mon - Thu: (2:35), 5:05, 7:35\n"
        "BROOKLYN (PG-13)\n"
        "Fri - Thu: (1:50), 4:25, 7:00; no 7:00 Wed. 2/10\n"
        "45 YEARS (R)\n"
        "Fri - Wed: 5:20\n"
        "Regular $11 (matinees before 5 pm $8)",
        {
            "Hail, Caesar!": "Fri-Sun 12:05+bargain 14:35+bargain 17:05 19:35 22:05; Mon-Thu 14:35+bargain 17:05 19:35",
            "Brooklyn": "Fri-Tue,Thu 13:50+bargain 16:25 19:00; Wed 13:50+bargain 16:25",
            "45 Years": "Fri-Wed 17:20",
        },
        (),
        (),
    ),
    Listing(
        "en_us_seventh_03",
        "en-US",
        "America/Anchorage",
        "2015-10-30",
        "Spectre Thu 8:00\n"
        "The Martian Fri-Sun 12:45 3:45 6:45 9:45, Mon-Thu 6:45\n"
        "Rocky Horror Sat 11:59 pm + costume contest 11:00\n"
        "Nosferatu: Saturday midnight and again at 1:30 am",
        {
            "Spectre": "Thu 20:00",
            "The Martian": "Fri-Sun 12:45 15:45 18:45 21:45; Mon-Thu 18:45",
            "The Rocky Horror Picture Show": "Sat 23:59",
            "Nosferatu": "Sat 24:00 25:30",
        },
        ("1:30 am",),
        ("11:00", "costume contest 11:00"),
    ),
    Listing(
        "en_gb_seventh_04",
        "en-GB",
        "Europe/London",
        "2016-06-03",
        "LOVE & FRIENDSHIP (U) 18:15 & 20:30 daily (Wed 18:15 only)\n"
        "THE NICE GUYS (15) Fri–Tue 20:45, Wed & Thu 15:00\n"
        "ALICE THROUGH THE LOOKING GLASS (PG) Sat Sun 10:30 13:00 15:30 weekdays tbd\n"
        "Purple Rain (15) Sat 4 June 23:15",
        {
            "Love & Friendship": "Fri-Tue,Thu 18:15 20:30; Wed 18:15",
            "The Nice Guys": "Fri-Tue 20:45; Wed,Thu 15:00",
            "Alice Through the Looking Glass": "Sat,Sun 10:30 13:00 15:30",
            "Purple Rain": "Sat 23:15",
        },
        ("weekdays tbd",),
        (),
    ),
    Listing(
        "en_gb_seventh_05",
        "en-GB",
        "Europe/London",
        "2018-10-26",
        "A Star Is Born (15)  Fri 26 14.15 17.15 20.15; Sat 27 11.15 14.15 17.15 20.15; Sun 28 14.15 17.15; Mon 29 – Thu 1 17.15 20.15\n"
        "Halloween (18)  Fri & Sat 23.00; Wed 31 18.00 20.30 23.00\n"
        "The Old Man & the Gun: see next week's brochure\n"
        "Toddler Time: Paddington 2, Mon 10.30 £3",
        {
            "A Star Is Born": "Fri 14:15 17:15 20:15; Sat 11:15 14:15 17:15 20:15; Sun 14:15 17:15; Mon-Thu 17:15 20:15",
            "Halloween": "Fri,Sat 23:00; Wed 18:00 20:30 23:00",
            "Paddington 2": "Mon 10:30",
            "The Old Man & the Gun": "",
        },
        (),
        (),
    ),
    Listing(
        "en_gb_seventh_06",
        "en-GB",
        "Europe/London",
        "2013-01-18",
        "Fri 18 Jan\n"
        "12.30 Les Misérables (12A)\n"
        "3.45 Les Misérables\n"
        "7.00 Django Unchained (18)\n"
        "10.30 Django Unchained\n"
        "Sat 19 Jan\n"
        "10.15 Tinker Bell\n"
        "12.30 Les Misérables (subtitled)\n"
        "7.00 Quartet + Q&A with Pauline Collins\n"
        "Sun 20 Jan\n"
        "Private hire - no public screenings\n"
        "Mon 21 Jan\n"
        "7.45 Django Unchained",
        {
            "Les Misérables": "Fri 12:30 15:45; Sat 12:30+subtitled",
            "Django Unchained": "Fri 19:00 22:30; Mon 19:45",
            "Quartet": "Sat 19:00+qa",
        },
        ("Tinker Bell",),
        ("10.15 Tinker Bell", "10.15"),
    ),
    Listing(
        "en_au_seventh_07",
        "en-AU",
        "Australia/Brisbane",
        "2017-04-13",
        "GOOD FRIDAY CLOSED\n"
        "Going in Style (M) Thu 1.30 6.30 8.45; Sat–Wed 10.45am 1.30 6.30\n"
        "A Silent Voice [subtitled] Sat & Sun 4.00\n"
        "The Zookeeper's Wife (M) — Thu, Mon & Wed 4.00 | Tue 11.00am (Babes in Arms)\n"
        "ANZAC Day Tue 25/4: Beneath Hill 60, 1pm",
        {
            "Going in Style": "Thu 13:30 18:30 20:45; Sat-Wed 10:45 13:30 18:30",
            "A Silent Voice": "Sat,Sun 16:00+subtitled",
            "The Zookeeper's Wife": "Thu,Mon,Wed 16:00; Tue 11:00+baby",
            "Beneath Hill 60": "2017-04-25 13:00",
        },
        (),
        (),
    ),
    Listing(
        "fr_fr_seventh_08",
        "fr-FR",
        "Europe/Paris",
        "2024-01-10",
        "Pauvres Créatures – VO\n"
        "Me 17h45, Je 20h30, Ve 20h45, Sa 20h30, Di 17h30, Lu 20h30\n"
        "\n"
        "Le Règne Animal – VF, sous-titres SME\n"
        "Ma 18h\n"
        "\n"
        "Wonka – VF\n"
        "Me 14h15, Sa 14h15 & 17h, Di 14h15\n"
        "\n"
        "Perfect Days – VO\n"
        "Je 18h, Di 20h30, Ma 20h30 (séance présentée par J. Roux)\n"
        "\n"
        "Tarif réduit : 5,50 €, -14 ans : 4 €",
        {
            "Pauvres Créatures": "Wed 17:45+subtitled; Thu 20:30+subtitled; Fri 20:45+subtitled; Sat 20:30+subtitled; Sun 17:30+subtitled; Mon 20:30+subtitled",
            "Le Règne animal": "Tue 18:00+dubbed+OC",
            "Wonka": "Wed 14:15+dubbed; Sat 14:15+dubbed 17:00+dubbed; Sun 14:15+dubbed",
            "Perfect Days": "Thu 18:00+subtitled; Sun 20:30+subtitled; Tue 20:30+subtitled+intro",
        },
        (),
        (),
    ),
    Listing(
        "fr_fr_seventh_09",
        "fr-FR",
        "Europe/Paris",
        "2016-03-23",
        "ZOOTOPIE\n"
        "mercredi, samedi, dimanche : 14h et 16h15 (3D à 16h15)\n"
        "lundi 28 (Pâques) : 14h\n"
        "ROSALIE BLUM\n"
        "jeudi 20h30 / vendredi 18h30 / samedi ou dimanche 20h45 / mardi 20h30\n"
        "THE ASSASSIN (VO)\n"
        "vendredi 20h45 + débat – dimanche 2h15 (changement d'heure)",
        {
            "Zootopie": "Wed,Sat,Sun 14:00 16:15+3D; Mon 14:00",
            "Rosalie Blum": "Thu 20:30; Fri 18:30; Tue 20:30",
            "The Assassin": "Fri 20:45+subtitled+qa",
        },
        ("samedi ou dimanche", "2h15"),
        ("samedi ou dimanche 20h45", "dimanche 2h15"),
    ),
    Listing(
        "fr_fr_seventh_10",
        "fr-FR",
        "Europe/Paris",
        "2018-12-19",
        "Spider-Man : New Generation, mer 14h & 20h45, sam 16h30, dim 14h\n"
        "Asterix - Le Secret de la potion magique, mer 16h30, jeu 14h, ven 14h, sam 14h, dim 16h30\n"
        "Roma (1 séance) jeu 20h30 vost\n"
        "Lundi 24 et mardi 25 : cinéma fermé\n"
        "Mia et le lion blanc - avant-première dim 11h (complet)",
        {
            "Spider-Man : New Generation": "Wed 14:00 20:45; Sat 16:30; Sun 14:00",
            "Astérix : Le Secret de la potion magique": "Wed 16:30; Thu,Fri,Sat 14:00; Sun 16:30",
            "Roma": "Thu 20:30+subtitled",
            "Mia et le Lion blanc": "Sun 11:00+preview+sold_out",
        },
        (),
        (),
    ),
    Listing(
        "fr_ch_seventh_11",
        "fr-CH",
        "Europe/Zurich",
        "2017-11-23",
        "PADDINGTON 2 (VF, 6 ans) : sa-di-me 14h00 et 16h00\n"
        "THE SQUARE (VO st fr) : je 20h30, di 17h30\n"
        "L'ÉCOLE BUISSONNIÈRE : ve 18h00, lu-ma 18h00, me 18h00\n"
        "AU REVOIR LÀ-HAUT : ve-sa 20h30, di 20h00, ma 20h30 dernière",
        {
            "Paddington 2": "Sat,Sun,Wed 14:00+dubbed 16:00+dubbed",
            "The Square": "Thu 20:30+subtitled; Sun 17:30+subtitled",
            "L'École buissonnière": "Fri,Mon,Tue,Wed 18:00",
            "Au revoir là-haut": "Fri,Sat,Tue 20:30; Sun 20:00",
        },
        (),
        (),
    ),
    Listing(
        "de_de_seventh_12",
        "de-DE",
        "Europe/Berlin",
        "2017-06-01",
        "WONDER WOMAN (3D): Do, Fr, Sa 20:00 Uhr, So 17:00 u. 20:00 Uhr, Mo/Di 20:00, Mi Kinotag 17:00 & 20:00\n"
        "Das Pubertier: So, 4.6., 14:30\n"
        "IN ZEITEN DES ABNEHMENDEN LICHTS\n"
        "Do 17:15 | Fr 17:15 | Sa – | So 11:15 Matinee | Mo 17:15 (Pfingstmontag) | Di – | Mi 15:00 Seniorenkino\n"
        "KEDI (OmU): Di 6.6. 18:00, Mi 8.6. 18:00",
        {
            "Wonder Woman": "Thu-Sat,Mon,Tue 20:00+3D; Sun,Wed 17:00+3D 20:00+3D",
            "In Zeiten des abnehmenden Lichts": "Thu,Fri,Mon 17:15; Sun 11:15; Wed 15:00",
            "Kedi": "Tue 18:00+subtitled",
        },
        ("Das Pubertier", "Mi 8.6."),
        ("So, 4.6., 14:30", "Mi 8.6. 18:00", "18:00"),
    ),
    Listing(
        "de_de_seventh_13",
        "de-DE",
        "Europe/Berlin",
        "2014-02-06",
        "Täglich 18.00 und 20.30: The Wolf of Wall Street\n"
        "Fr+Sa 23.30: Only Lovers Left Alive (OmU)\n"
        "Sa+So 15.00: Fünf Freunde 3\n"
        "So 13.00: Das finstere Tal - in Anwesenheit des Regisseurs\n"
        "Mo 9.2. 15.30: Philomena\n"
        "Vorschau: 12 Years a Slave",
        {
            "The Wolf of Wall Street": "Thu-Wed 18:00 20:30",
            "Only Lovers Left Alive": "Fri,Sat 23:30+subtitled",
            "Fünf Freunde 3": "Sat,Sun 15:00",
            "Das finstere Tal": "Sun 13:00+qa",
            "Philomena": "",
            "12 Years a Slave": "",
        },
        ("Mo 9.2.",),
        ("Mo 9.2. 15.30", "15.30", "Philomena"),
    ),
    Listing(
        "de_de_seventh_14",
        "de-DE",
        "Europe/Berlin",
        "2021-07-15",
        "Nomadland\n"
        "Do–So 19.30 Uhr, Mo+Di 17 Uhr, Mi 19.30 Uhr (OmU)\n"
        "Der Rausch\n"
        "täglich außer Montag 21.45 Uhr (Open Air, bei Regen im Saal)\n"
        "Peter Hase 2\n"
        "Sa/So 14.30 Uhr; Ferienkino Mi 10 Uhr\n"
        "Einlass jeweils 30 Min. vor Beginn. Tel. 0761 / 55 44 33",
        {
            "Nomadland": "Thu-Sun 19:30; Mon,Tue 17:00; Wed 19:30+subtitled",
            "Der Rausch": "Thu-Sun,Tue,Wed 21:45",
            "Peter Hase 2": "Sat,Sun 14:30; Wed 10:00",
        },
        (),
        (),
    ),
    Listing(
        "de_at_seventh_15",
        "de-AT",
        "Europe/Vienna",
        "2018-08-30",
        "GLÜCK IST WAS FÜR WEICHEIER: tgl. (auß. Di) 18.15; Di 16.00\n"
        "BLACKKKLANSMAN (OmU): Do-Sa 20.15, So-Mi 20.30\n"
        "Frauenfilmtage: DIE MIGRANTIGEN, Fr 16.00 (mit Gästen); L'ANIMALE, Sa 16.00",
        {
            "Glück ist was für Weicheier": "Thu-Mon,Wed 18:15; Tue 16:00",
            "BlacKkKlansman": "Thu-Sat 20:15+subtitled; Sun-Wed 20:30+subtitled",
            "Die Migrantigen": "Fri 16:00+qa",
            "L'Animale": "Sat 16:00",
        },
        (),
        (),
    ),
    Listing(
        "es_es_seventh_16",
        "es-ES",
        "Europe/Madrid",
        "2022-03-25",
        "CINE DORADO\n"
        "L-V 18.00, 20.15 | S 16.00, 18.00, 20.15, 22.30 | D 16.00, 18.00\n"
        "Alcarràs: solo J 31, 20.30 h, preestreno con coloquio\n"
        "SPENCER (VOSE): D 20.15, L 22.30, M 22.30",
        {"Alcarràs": "Thu 20:30+preview+qa", "Spencer": "Sun 20:15+subtitled; Mon,Tue 22:30+subtitled"},
        ("CINE DORADO",),
        ("L-V 18.00, 20.15", "S 16.00, 18.00, 20.15, 22.30", "D 16.00, 18.00"),
    ),
    Listing(
        "es_mx_seventh_17",
        "es-MX",
        "America/Mexico_City",
        "2022-04-01",
        "El Norte sobre el vacío / vie 1, sáb 2, dom 3 / 17 y 19:30 h\n"
        "Nudo mixteco / mar 5 y mié 6 / 18 h\n"
        "Noche de fuego / jue 7 / 20 h, con presencia de la directora\n"
        "Matiné: Cuentos de Terramar, dom 3, 2:30 h",
        {
            "El norte sobre el vacío": "Fri-Sun 17:00 19:30",
            "Nudo mixteco": "Tue,Wed 18:00",
            "Noche de fuego": "Thu 20:00+qa",
        },
        ("2:30 h",),
        ("Cuentos de Terramar, dom 3, 2:30 h", "dom 3, 2:30 h"),
    ),
    Listing(
        "es_ar_seventh_18",
        "es-AR",
        "America/Argentina/Buenos_Aires",
        "2023-05-04",
        "LOS DELINCUENTES\n"
        "Todos los días 19.00 hs. salvo lunes y martes\n"
        "TRENQUE LAUQUEN, parte I: jueves y sábado 17 hs.; parte II: viernes y domingo 17 hs.\n"
        "TÁR (VOSE): viernes 22 hs., sábado 22 hs. y trasnoche 1 hs.\n"
        "Lunes 8: cerrado por mantenimiento",
        {
            "Los delincuentes": "Thu-Sun,Wed 19:00",
            "Trenque Lauquen": "Thu,Sat 17:00; Fri,Sun 17:00",
            "Tár": "Fri 22:00+subtitled; Sat 22:00+subtitled 25:00+subtitled",
        },
        (),
        (),
    ),
    Listing(
        "en_us_seventh_19",
        "en-US",
        "America/New_York",
        "2013-11-01",
        "Film | Fri 1 | Sat 2 | Sun 3 | Mon 4 | Tue 5 | Wed 6 | Thu 7\n"
        "---|---|---|---|---|---|---|---\n"
        "12 Years a Slave | 4, 7, 10 | 1, 4, 7, 10 | 1, 4, 7 | 7 | 7 | x | 7\n"
        "All Is Lost | 4:30 | 1:30 4:30 | 1:30 | 7:30 | 7:30 OC | 7:30 | 7:30\n"
        "Rushmore 35mm | 9:30 | 12:15 am | | | | |",
        {
            "12 Years a Slave": "Fri 16:00 19:00 22:00; Sat 13:00 16:00 19:00 22:00; Sun 13:00 16:00 19:00; Mon,Tue,Thu 19:00",
            "All Is Lost": "Fri 16:30; Sat 13:30 16:30; Sun 13:30; Mon,Wed,Thu 19:30; Tue 19:30+OC",
            "Rushmore": "Fri 21:30+35mm",
        },
        ("12:15 am",),
        (),
    ),
    Listing(
        "en_us_seventh_20",
        "en-US",
        "America/Chicago",
        "2015-09-11",
        "Title,Fri,Sat,Sun,Mon-Thu\n"
        'Phoenix,"4:30, 7:00","2:00, 4:30, 7:00","2:00, 4:30",7:00\n'
        'Grandma,5:00,"2:30, 5:00",2:30,10:30\n'
        "Mistress America,9:15,9:15,,\n"
        "Best of Enemies,,,12:00,7:15 CC",
        {
            "Phoenix": "Fri 16:30 19:00; Sat 14:00 16:30 19:00; Sun 14:00 16:30; Mon-Thu 19:00",
            "Grandma": "Fri 17:00; Sat 14:30 17:00; Sun 14:30",
            "Mistress America": "Fri,Sat 21:15",
            "Best of Enemies": "Sun 12:00; Mon-Thu 19:15+CC",
        },
        ("10:30",),
        (),
    ),
    Listing(
        "en_us_seventh_21",
        "en-US",
        "America/Los_Angeles",
        "2012-12-21",
        "AMOUR: Fri 12/21-Mon 12/24: 1:30 4:30 7:30 (Mon. 1:30 & 4:30 only). Tue 12/25: 4:30 7:30. Wed 12/26-Thu 12/27: 4:30 7:30\n"
        "IT'S A WONDERFUL LIFE: Mon 12/24 at 7:30... SOLD OUT! Second show added 10:15 pm\n"
        "THE IMPOSSIBLE: opening Jan 4\n"
        "DIE HARD: Sat at ten",
        {
            "Amour": "Fri-Sun 13:30 16:30 19:30; Mon 13:30 16:30; Tue-Thu 16:30 19:30",
            "It's a Wonderful Life": "Mon 19:30+sold_out 22:15",
            "The Impossible": "",
            "Die Hard": "",
        },
        ("Sat at ten",),
        ("opening Jan 4",),
    ),
    Listing(
        "en_us_seventh_22",
        "en-US",
        "America/New_York",
        "2014-10-24",
        "DEAR WHITE PEOPLE 2:15, 4:45, 7:15, 9:45 | Thurs no 7:15, 9:45\n"
        "CITIZENFOUR Fri-Sun 1:45, 4:15, 6:45, 9:15; Mon-Thurs 4:15, 6:45\n"
        "YOUNG FRANKENSTEIN Wed 7:30 w/ Cloris Leachman Q&A\n"
        "THE EXORCIST director's cut Thurs 7:30, 10:15\n"
        "HALLOWEEN Fri 10/31 7, 9",
        {
            "Dear White People": "Fri-Wed 14:15 16:45 19:15 21:45; Thu 14:15 16:45",
            "Citizenfour": "Fri-Sun 13:45 16:15 18:45 21:15; Mon-Thu 16:15 18:45",
            "Young Frankenstein": "Wed 19:30+qa",
            "The Exorcist": "Thu 19:30 22:15",
            "Halloween": "2014-10-31 19:00 21:00",
        },
        (),
        (),
    ),
    Listing(
        "en_us_seventh_23",
        "en-US",
        "America/Chicago",
        "2017-03-10",
        "KONG: SKULL ISLAND\n"
        "Friday: 4:00 / 6:45 / 9:30\n"
        "Saturday: 1:15 / 4:00 / 6:45 / 9:30 / midnight\n"
        "Sunday: 1:15 / 2:30 am / 4:00\n"
        "Monday - Thursday: 6:45\n"
        "GET OUT\n"
        "Fri, Sat 9:45; Tues & Thurs 9:00; Wed evening\n"
        "Logan: Fri - Thu 7:15 (7:45 on Wed instead)",
        {
            "Kong: Skull Island": "Fri 16:00 18:45 21:30; Sat 13:15 16:00 18:45 21:30 24:00; Sun 13:15 16:00; Mon-Thu 18:45",
            "Get Out": "Fri,Sat 21:45; Tue,Thu 21:00",
            "Logan": "Fri-Tue,Thu 19:15; Wed 19:45",
        },
        ("2:30 am", "Wed evening"),
        (),
    ),
    Listing(
        "en_us_seventh_24",
        "en-US",
        "America/New_York",
        "2013-03-22",
        "SPRING BREAKERS (R) Fri 5:00 7:15 9:30, Sat 2:45 5:00 7:15 9:30, Sun 2:45 5:00 7:15, Mon-Thu 5:00 7:15\n"
        "GINGER & ROSA (PG-13) Fri-Thu 4:45 only\n"
        "THE GATEKEEPERS Sat & Sun 12:30\n"
        "No 5:00 show Tuesday of Spring Breakers.",
        {
            "Spring Breakers": "Fri 17:00 19:15 21:30; Sat 14:45 17:00 19:15 21:30; Sun 14:45 17:00 19:15; Mon,Wed,Thu 17:00 19:15; Tue 19:15",
            "Ginger & Rosa": "Fri-Thu 16:45",
            "The Gatekeepers": "Sat,Sun 12:30",
        },
        (),
        (),
    ),
    Listing(
        "en_us_seventh_25",
        "en-US",
        "America/Chicago",
        "2014-09-26",
        "THE DROP: 1:45, 4:15, 7:00, 9:30 (Fri-Sun); 4:15, 7:00 (Mon-Thu)\n"
        "FRANK: 2:00, 9:15 (Fri-Sun); 9:15 (Mon-Thu)\n"
        "PULP FICTION (70mm): Sat. midnight, Tue. 8:00\n"
        "THE SKELETON KEY: Tue. 10:30",
        {
            "The Drop": "Fri-Sun 13:45 16:15 19:00 21:30; Mon-Thu 16:15 19:00",
            "Frank": "Fri-Sun 14:00 21:15; Mon-Thu 21:15",
            "Pulp Fiction": "Sat 24:00+70mm; Tue 20:00+70mm",
        },
        ("THE SKELETON KEY",),
        ("Tue. 10:30",),
    ),
    Listing(
        "en_us_seventh_26",
        "en-US",
        "America/Los_Angeles",
        "2012-06-29",
        "MOONRISE Fri-Tue: 11:30, 2:00, 4:30, 7:00, 9:20. Wed (July 4): 11:30, 2:00, 4:30. Thu: 4:30, 7:00, 9:20.\n"
        "TO ROME W/ LOVE: Daily 11:45, 2:15, 4:45, 7:15; closed after 5 pm July 4th",
        {
            "Moonrise Kingdom": "Fri-Tue 11:30 14:00 16:30 19:00 21:20; Wed 11:30 14:00 16:30; Thu 16:30 19:00 21:20",
            "To Rome with Love": "Fri-Thu 11:45 14:15 16:45 19:15",
        },
        ("closed after 5 pm July 4th",),
        (),
    ),
    Listing(
        "en_us_seventh_27",
        "en-US",
        "America/New_York",
        "2015-11-06",
        "SPOTLIGHT\n"
        "Friday 11/6: 2, 5, 8\n"
        "Saturday 11/7: 11 am, 2, 5, 8\n"
        "Sunday 11/8: 11 am, 2, 5\n"
        "Monday 11/8: 5, 8\n"
        "Tues-Thurs: 5 & 8\n"
        "TRUMBO opens 11/13",
        {
            "Spotlight": "Fri 14:00 17:00 20:00; Sat 11:00 14:00 17:00 20:00; Sun 11:00 14:00 17:00; Tue-Thu 17:00 20:00",
            "Trumbo": "",
        },
        ("Monday 11/8",),
        ("5, 8", "Monday 11/8: 5, 8"),
    ),
    Listing(
        "en_us_seventh_28",
        "en-US",
        "America/Denver",
        "2013-11-08",
        "GRAVITY in 3-D - nightly 6:50, 9:00; Sat, Sun, Mon (Veterans Day) mat 2:20\n"
        "ABOUT TIME - nightly 7:10 (not Wednesday); Sat-Sun 1:50, 4:30\n"
        "Wednesday: Denver Film Festival presents THE BROKEN CIRCLE BREAKDOWN 7:30",
        {
            "Gravity": "Fri,Tue-Thu 18:50+3D 21:00+3D; Sat-Mon 14:20+3D 18:50+3D 21:00+3D",
            "About Time": "Fri,Mon,Tue,Thu 19:10; Sat,Sun 13:50 16:30 19:10",
        },
        ("THE BROKEN CIRCLE BREAKDOWN",),
        ("7:30", "Wednesday", "Denver Film Festival presents THE BROKEN CIRCLE BREAKDOWN"),
    ),
    Listing(
        "en_us_seventh_29",
        "en-US",
        "America/Chicago",
        "2014-10-31",
        "NOSFERATU with live score, Fri 10/31 8pm\n"
        "BIRDMAN Fri 5:00, Sat-Sun 2:00 5:00 8:00, Mon-Thu 5:00 8:00\n"
        "THE SHINING Sat 11/1 11:30pm; Sun 11/2 1:15am\n"
        "LIFE ITSELF Tue TBA",
        {
            "Nosferatu": "Fri 20:00",
            "Birdman": "Fri 17:00; Sat,Sun 14:00 17:00 20:00; Mon-Thu 17:00 20:00",
            "The Shining": "Sat 23:30",
            "Life Itself": "",
        },
        ("1:15am", "Tue TBA"),
        ("Sun 11/2 1:15am",),
    ),
    Listing(
        "en_gb_seventh_30",
        "en-GB",
        "Europe/London",
        "2016-01-15",
        "THE REVENANT (15)\n"
        "Fri-Mon & Wed 14.15 17.30 20.45\n"
        "Tues 11.00 (baby club) 20.45\n"
        "Thurs 14.15 20.45 (sub)\n"
        "ROOM (15)\n"
        "Daily 18.00\n"
        "THE BIG SHORT (15) Preview: Thurs 17.45",
        {
            "The Revenant": "Fri-Mon,Wed 14:15 17:30 20:45; Tue 11:00+baby 20:45; Thu 14:15 20:45",
            "Room": "Fri-Thu 18:00",
            "The Big Short": "Thu 17:45+preview",
        },
        (),
        ("sub",),
    ),
    Listing(
        "en_gb_seventh_31",
        "en-GB",
        "Europe/London",
        "2013-06-07",
        "Behind the Candelabra (15) – Fri, Sat, Mon & Tues 5.30, 8.15; Sun 7.30; Wed 8.15; Thu 2.00 (audio described), 8.15\n"
        "Populaire (12A) – Sun 5.00, Wed 5.45 (French with English subtitles)\n"
        "Epic (U) 2D – Sat & Sun 12.15, 2.30, Sat 8 June 10.00am autism-friendly",
        {
            "Behind the Candelabra": "Fri,Sat,Mon,Tue 17:30 20:15; Sun 19:30; Wed 20:15; Thu 14:00+AD 20:15",
            "Populaire": "Sun 17:00; Wed 17:45+subtitled",
            "Epic": "Sat 10:00+relaxed 12:15 14:30; Sun 12:15 14:30",
        },
        (),
        (),
    ),
    Listing(
        "en_gb_seventh_32",
        "en-GB",
        "Europe/London",
        "2017-03-24",
        "Get Out (15) Fri–Sun 15:50 18:10 20:30 | Mon–Thu 18:10 20:30\n"
        "Elle (18) Sat 25 Mar 23:00, Sun 26 Mar 01:30\n"
        "Power Rangers (12A) Sat/Sun 11:00 13:30; Mon or Tue 16:00",
        {
            "Get Out": "Fri-Sun 15:50 18:10 20:30; Mon-Thu 18:10 20:30",
            "Elle": "Sat 23:00",
            "Power Rangers": "Sat,Sun 11:00 13:30",
        },
        ("01:30", "Mon or Tue 16:00"),
        ("Sun 26 Mar 01:30",),
    ),
    Listing(
        "en_ie_seventh_33",
        "en-IE",
        "Europe/Dublin",
        "2014-02-21",
        "Dallas Buyers Club (15A) 1.30, 4.00, 6.30, 9.00 daily; no 9.00 Mon\n"
        "Stranger by the Lake (18) Fri, Sat, Sun 8.45\n"
        "The Punk Singer – Weds 6.15 with panel discussion\n"
        "Cinemagic Kids: Ernest & Celestine Sat 11.30",
        {
            "Dallas Buyers Club": "Fri-Sun,Tue-Thu 13:30 16:00 18:30 21:00; Mon 13:30 16:00 18:30",
            "Stranger by the Lake": "Fri-Sun 20:45",
            "The Punk Singer": "Wed 18:15+qa",
            "Ernest & Celestine": "Sat 11:30",
        },
        (),
        (),
    ),
    Listing(
        "en_au_seventh_34",
        "en-AU",
        "Australia/Sydney",
        "2013-10-03",
        "GRAVITY 3D (M): Thu-Wed 11.00am, 1.15, 4.30, 6.45, 9.00\n"
        "DIANA (M): Thu-Mon 2.00, 6.30; Tue, Wed 2.00\n"
        "AKIRA (dubbed) Sat 5 Oct 11.30pm, Sun 6 Oct 2.30am\n"
        "PLANES (G): Sun 10/6 10.00am",
        {
            "Gravity": "Thu-Wed 11:00+3D 13:15+3D 16:30+3D 18:45+3D 21:00+3D",
            "Diana": "Thu-Mon 14:00 18:30; Tue,Wed 14:00",
            "Akira": "Sat 23:30+dubbed",
            "Planes": "",
        },
        ("2.30am", "Sun 10/6"),
        ("Sun 6 Oct 2.30am", "10.00am"),
    ),
    Listing(
        "en_ca_seventh_35",
        "en-CA",
        "America/Montreal",
        "2016-05-13",
        "THE LOBSTER — Fri 13, Sat 14: 7:00 & 9:20. Sun 15: 4:30 & 7:00. Mon 16–Thu 19: 7:00 (CC)\n"
        "LES DÉMONS (s.-t.a. / with English subtitles) — Tues 17: 9:15\n"
        "CHILDREN'S MATINEE: ZOOTOPIA, Sun 15: 1:30",
        {
            "The Lobster": "Fri,Sat 19:00 21:20; Sun 16:30 19:00; Mon-Thu 19:00+CC",
            "Les Démons": "Tue 21:15+subtitled",
            "Zootopia": "Sun 13:30",
        },
        (),
        (),
    ),
    Listing(
        "fr_fr_seventh_36",
        "fr-FR",
        "Europe/Paris",
        "2015-05-13",
        "LA TÊTE HAUTE (1h59)\n"
        "mer. 20h30 ; ven. 18h ; sam. 20h30 ; dim. 18h ; mar. 20h30\n"
        "MAD MAX FURY ROAD (2h)\n"
        "VF : jeu. 21h, sam. 18h, lun. 20h30 / VO : ven. 21h, dim. 20h30\n"
        "TOMORROWLAND : à partir de mercredi prochain\n"
        "Pas de séance de 18h dimanche pour LA TÊTE HAUTE",
        {
            "La Tête haute": "Wed 20:30; Fri 18:00; Sat 20:30; Tue 20:30",
            "Mad Max: Fury Road": "Thu 21:00+dubbed; Sat 18:00+dubbed; Mon 20:30+dubbed; Fri 21:00+subtitled; Sun 20:30+subtitled",
            "Tomorrowland": "",
        },
        (),
        ("à partir de mercredi prochain", "mercredi"),
    ),
    Listing(
        "fr_fr_seventh_37",
        "fr-FR",
        "Europe/Paris",
        "2022-05-25",
        "Top Gun : Maverick | mer, ven, sam, lun 20h45 | jeu, dim 17h30\n"
        "Coupez ! | jeu 20h45 | ven 18h15 | mar 20h45 int. -12 ans\n"
        "Doctor Strange 3D | sam 16h | dim 14h30\n"
        "Les Bad Guys | mer 14h30, sam 14h\n"
        "Ciné-goûter dimanche 11h : Ernest et Célestine",
        {
            "Top Gun : Maverick": "Wed,Fri,Sat,Mon 20:45; Thu,Sun 17:30",
            "Coupez !": "Thu 20:45; Fri 18:15; Tue 20:45",
            "Doctor Strange in the Multiverse of Madness": "Sat 16:00+3D; Sun 14:30+3D",
            "Les Bad Guys": "Wed 14:30; Sat 14:00",
        },
        ("Ernest et Célestine",),
        ("dimanche 11h", "Ciné-goûter dimanche 11h"),
    ),
    Listing(
        "fr_fr_seventh_38",
        "fr-FR",
        "Europe/Paris",
        "2011-10-26",
        "Du mercredi 26 octobre au mardi 1er novembre\n"
        "POLISSE : tlj 21h, sauf lundi 18h30\n"
        "TINTIN 3D : tlj 14h, 16h30 ; sam. et dim. aussi 18h45\n"
        "DRIVE (VOSTF) : dim. 30 à 2h30, lun. 31 à 21h\n"
        "The Artist vendredi 28 à 18h30",
        {
            "Polisse": "Wed-Sun,Tue 21:00; Mon 18:30",
            "Les Aventures de Tintin": "Wed-Fri,Mon,Tue 14:00+3D 16:30+3D; Sat,Sun 14:00+3D 16:30+3D 18:45+3D",
            "Drive": "Mon 21:00+subtitled",
            "The Artist": "Fri 18:30",
        },
        ("2h30",),
        ("dim. 30 à 2h30",),
    ),
    Listing(
        "fr_ch_seventh_39",
        "fr-CH",
        "Europe/Zurich",
        "2018-03-01",
        "THE SHAPE OF WATER (E/d/f) 16 ans – je ve sa di 20h15, lu 18h\n"
        "LA CH'TITE FAMILLE (F) 6 ans – tous les jours 18h sauf lu; sa-di aussi 15h30\n"
        "CALL ME BY YOUR NAME (E/d/f): ma 20h15 | me 20h15 | di 4.3. 10h30",
        {
            "The Shape of Water": "Thu-Sun 20:15+subtitled; Mon 18:00+subtitled",
            "La Ch'tite Famille": "Thu,Fri,Tue,Wed 18:00; Sat,Sun 15:30 18:00",
            "Call Me by Your Name": "Tue,Wed 20:15+subtitled; Sun 10:30+subtitled",
        },
        (),
        (),
    ),
    Listing(
        "de_de_seventh_40",
        "de-DE",
        "Europe/Berlin",
        "2020-02-13",
        "Parasite\n"
        "tägl. 20:15 Uhr, Mo 20:15 Uhr OmU\n"
        "Das geheime Leben der Bäume\n"
        "Do, Sa, So 17:45 Uhr; Di ausverkauft 17:45 Uhr\n"
        "Bambi (1942)\n"
        "So 11 Uhr Familienmatinee\n"
        "Lindenberg! Mach dein Ding\n"
        "Fr 14.2. + Mi 19.2. 17:30 Uhr; Do 21.2. 17:30 Uhr",
        {
            "Parasite": "Thu-Sun,Tue,Wed 20:15; Mon 20:15+subtitled",
            "Das geheime Leben der Bäume": "Thu,Sat,Sun 17:45; Tue 17:45+sold_out",
            "Bambi": "Sun 11:00",
            "Lindenberg! Mach dein Ding": "Fri,Wed 17:30",
        },
        ("Do 21.2.",),
        ("Do 21.2. 17:30 Uhr",),
    ),
    Listing(
        "de_at_seventh_41",
        "de-AT",
        "Europe/Vienna",
        "2017-12-21",
        "STAR WARS: DIE LETZTEN JEDI — Do 21. bis Sa 23.: 17.00, 20.15; Mo 25. bis Mi 27.: 16.30, 20.00\n"
        "Am 24.12. geschlossen!\n"
        "LOVING VINCENT — Fr 22. u. Di 26., 18.00; Mi 27. 15.00 und 18.00 (OmU)",
        {
            "Star Wars: Die letzten Jedi": "Thu-Sat 17:00 20:15; Mon-Wed 16:30 20:00",
            "Loving Vincent": "Fri,Tue 18:00; Wed 15:00 18:00+subtitled",
        },
        (),
        (),
    ),
    Listing(
        "es_es_seventh_42",
        "es-ES",
        "Europe/Madrid",
        "2017-01-13",
        "LA LA LAND (VOSE): todos los días 17:15, 20:00 y 22:40\n"
        "MÚLTIPLE: V S 22:15; D 20:15\n"
        "CANTANDO BAJO LA LLUVIA: X 18 a las 19:30 - presentado por el Cine Club\n"
        "Vaiana: S y D 12:00 y 16:00, X 17:00 (no hay el domingo a las 12:00)",
        {
            "La La Land": "Fri-Thu 17:15+subtitled 20:00+subtitled 22:40+subtitled",
            "Múltiple": "Fri,Sat 22:15; Sun 20:15",
            "Cantando bajo la lluvia": "Wed 19:30+intro",
            "Vaiana": "Sat 12:00 16:00; Sun 16:00; Wed 17:00",
        },
        (),
        (),
    ),
    Listing(
        "es_es_seventh_43",
        "es-ES",
        "Europe/Madrid",
        "2021-11-19",
        "Ghostbusters: Más allá\n"
        "Viernes a domingo: 16:30 y 19:00 / Lunes a jueves: 18:00\n"
        "Petite Maman (VOSE)\n"
        "Sábado: 21:30 / Martes: 20:30\n"
        "Última noche en el Soho\n"
        "Viernes y sábado: 0:15\n"
        "Titane\n"
        "Jueves 26: 20:30",
        {
            "Ghostbusters: Más allá": "Fri-Sun 16:30 19:00; Mon-Thu 18:00",
            "Petite Maman": "Sat 21:30+subtitled; Tue 20:30+subtitled",
            "Última noche en el Soho": "",
            "Titane": "",
        },
        ("0:15", "Jueves 26"),
        ("Viernes y sábado: 0:15", "Jueves 26: 20:30", "20:30"),
    ),
    Listing(
        "es_mx_seventh_44",
        "es-MX",
        "America/Mexico_City",
        "2015-03-13",
        "BIRDMAN 5:00 7:30 y 10:00 pm (lun y mar no hay 10:00)\n"
        "GÜEROS vie. a dom. 6:15 p.m.; jue. 19 con Q&A 8:00 p.m.\n"
        "CENICIENTA dob. sáb-dom 12:00 2:30 pm",
        {
            "Birdman": "Fri-Sun,Wed,Thu 17:00 19:30 22:00; Mon,Tue 17:00 19:30",
            "Güeros": "Fri-Sun 18:15; Thu 20:00+qa",
            "Cenicienta": "Sat,Sun 12:00+dubbed 14:30+dubbed",
        },
        (),
        (),
    ),
    Listing(
        "es_ar_seventh_45",
        "es-AR",
        "America/Santiago",
        "2022-09-08",
        "Blanquita\n"
        "Jue a dom 19:30 hrs\n"
        "Lun y mar 17:00 y 19:30 hrs\n"
        "1976\n"
        "Jue 15 20:00 hrs\n"
        "Moonage Daydream: sáb 22:00 y 00:00 hrs\n"
        "No hay función el miércoles",
        {
            "Blanquita": "Thu-Sun 19:30; Mon,Tue 17:00 19:30",
            "1976": "2022-09-15 20:00",
            "Moonage Daydream": "Sat 22:00",
        },
        ("00:00",),
        (),
    ),
    Listing(
        "en_us_seventh_46",
        "en-US",
        "America/New_York",
        "2016-08-12",
        "\tFri 12\tSat 13\tSun 14\tMon 15\tTue 16\tWed 17\tThu 18\n"
        "FLORENCE FOSTER JENKINS\t2:00 4:30 7:00\t2:00 4:30 7:00\t2:00 4:30\t7:00\t7:00\t2:00 (OC) 7:00\t7:00\n"
        "INDIGNATION\t4:45 7:15\t4:45 7:15\t4:45\t7:15\tprivate\t7:15\t7:15\n"
        "PEE-WEE'S BIG ADVENTURE\t9:45\t11:59pm\t-\t-\t-\t-\t99:15",
        {
            "Florence Foster Jenkins": "Fri,Sat 14:00 16:30 19:00; Sun 14:00 16:30; Mon,Tue,Thu 19:00; Wed 14:00+OC 19:00",
            "Indignation": "Fri,Sat 16:45 19:15; Sun 16:45; Mon,Wed,Thu 19:15",
            "Pee-wee's Big Adventure": "Fri 21:45; Sat 23:59",
        },
        ("99:15",),
        ("private",),
    ),
    Listing(
        "en_us_seventh_47",
        "en-US",
        "America/Los_Angeles",
        "2013-12-13",
        "INSIDE LLEWYN DAVIS 1:30 4:15 7:00 9:45 - Sat 9:45 show cancelled\n"
        "AMERICAN HUSTLE Thu 8:00 11:15\n"
        "WHITE CHRISTMAS sing-along Sun 2:00 & 7:00 ($15)\n"
        "ELF Fri-Sat 11:45 pm, no show Sunday 6:00",
        {
            "Inside Llewyn Davis": "Fri,Sun-Thu 13:30 16:15 19:00 21:45; Sat 13:30 16:15 19:00",
            "American Hustle": "Thu 20:00 23:15",
            "White Christmas": "Sun 14:00 19:00",
            "Elf": "Fri,Sat 23:45",
        },
        ("no show Sunday 6:00",),
        (),
    ),
    Listing(
        "en_us_seventh_48",
        "en-US",
        "America/New_York",
        "2014-05-23",
        "THE IMMIGRANT Fri-Mon 1:10 3:50 6:30 9:10, Tues-Thurs 3:50 6:30\n"
        "PALO ALTO late shows Fri & Sat 11:00\n"
        "HER Tue 8:45, THEY CAME TOGETHER Wed 8:45\n"
        "IDA weekend matinees",
        {
            "The Immigrant": "Fri-Mon 13:10 15:50 18:30 21:10; Tue-Thu 15:50 18:30",
            "Palo Alto": "Fri,Sat 23:00",
            "Her": "Tue 20:45",
            "They Came Together": "Wed 20:45",
            "Ida": "",
        },
        ("weekend matinees",),
        (),
    ),
    Listing(
        "en_us_seventh_49",
        "en-US",
        "America/Denver",
        "2015-07-17",
        "ANT-MAN (PG-13) 12:30 3:15 6:00 8:45 Fri-Sun, 3:15 6:00 8:45 Mon-Thu\n"
        "MR. HOLMES (PG) 1:00 3:30 Fri-Sun, 6:15 daily\n"
        "MINIONS (PG) 10:00 am Sat (kids $2), 12:15 2:30 4:45 daily\n"
        "JURASSIC WORLD (PG-13) 8:30 Fri-Wed",
        {
            "Ant-Man": "Fri-Sun 12:30 15:15 18:00 20:45; Mon-Thu 15:15 18:00 20:45",
            "Mr. Holmes": "Fri-Sun 13:00 15:30 18:15; Mon-Thu 18:15",
            "Minions": "Fri,Sun-Thu 12:15 14:30 16:45; Sat 10:00 12:15 14:30 16:45",
            "Jurassic World": "Fri-Wed 20:30",
        },
        (),
        (),
    ),
)
