"""A sixth set of weeks as theaters write them, harder ones, written before they were read."""

from tests.screenings.listings import Listing

SIXTH = (
    Listing(
        "en_us_sixth_01",
        "en-US",
        "America/New_York",
        "2013-04-12",
        "TRANCE (R)\n"
        "Fri 4:30, 7:00, 9:20 // Sat 2:00, 4:30, 7:00, 9:20 // Sun 2:00, 4:30, 7:00 // Mon-Thu 7:00\n"
        "\n"
        "TO THE WONDER (R)\n"
        "Plays Friday through Monday at 5:00 only\n"
        "\n"
        "The members' lunch with Roger Ebert's Life Itself has been moved to May 4.",
        {
            "Trance": "Fri 16:30 19:00 21:20; Sat 14:00 16:30 19:00 21:20; Sun 14:00 16:30 19:00; Mon-Thu 19:00",
            "To the Wonder": "Fri-Mon 17:00",
            "Life Itself": "",
        },
        (),
        ("The members' lunch with Roger Ebert's Life Itself has been moved to May 4.",),
    ),
    Listing(
        "en_us_sixth_02",
        "en-US",
        "America/Chicago",
        "2014-08-15",
        "MAGIC IN THE MOONLIGHT Fri-Thu 2:10 4:40 7:10 9:30\n"
        "LUCY Fri-Thu 1:50 4:10 7:20 9:40\n"
        "GUARDIANS (3D) Fri-Sun 1:00 6:50\n"
        "GUARDIANS (2D) Fri-Sun 3:50 9:45; Mon-Thu 3:50 6:50\n"
        "THE GIVER: Fri-Thu 2:20 4:50",
        {
            "Magic in the Moonlight": "Fri-Thu 14:10 16:40 19:10 21:30",
            "Lucy": "Fri-Thu 13:50 16:10 19:20 21:40",
            "Guardians of the Galaxy": "Fri-Sun 13:00+3D 18:50+3D 15:50 21:45; Mon-Thu 15:50 18:50",
        },
        ("THE GIVER",),
        ("Fri-Thu 2:20 4:50",),
    ),
    Listing(
        "en_us_sixth_03",
        "en-US",
        "America/New_York",
        "2012-11-02",
        "ARGO: Fri 7, 9:30; Sat 1:30, 4, 7, 9:30; Sun 1:30, 4, 7; Mon-Thu 7\n"
        "WUTHERING HEIGHTS: Sat midnight; Sun 1:30 am\n"
        "Skyfall sneak: Thu 10:00 pm",
        {
            "Argo": "Fri 19:00 21:30; Sat 13:30 16:00 19:00 21:30; Sun 13:30 16:00 19:00; Mon-Thu 19:00",
            "Wuthering Heights": "Sat 24:00",
            "Skyfall": "Thu 22:00+preview",
        },
        ("1:30 am",),
        (),
    ),
    Listing(
        "en_us_sixth_04",
        "en-US",
        "America/Los_Angeles",
        "2015-05-22",
        "Memorial Day Weekend at the Vista\n"
        "\n"
        "MAD MAX: FURY ROAD (R)\n"
        "Fri-Mon: 11:30am, 2:15, 5:00, 7:45, 10:30\n"
        "Tue-Thu: 5:00, 7:45\n"
        "\n"
        "TOMORROWLAND (PG)\n"
        "Fri-Mon: 11:00am, 1:45, 4:30, 7:15\n"
        "Tue-Thu: 4:30 & 7:15\n"
        "*Tuesday 7:15 show has open captions\n"
        "\n"
        "Friday Night Frights: POLTERGEIST, 11:59pm",
        {
            "Mad Max: Fury Road": "Fri-Mon 11:30 14:15 17:00 19:45 22:30; Tue-Thu 17:00 19:45",
            "Tomorrowland": "Fri-Mon 11:00 13:45 16:30 19:15; Tue 16:30 19:15+OC; Wed,Thu 16:30 19:15",
            "Poltergeist": "Fri 23:59",
        },
        (),
        (),
    ),
    Listing(
        "en_us_sixth_05",
        "en-US",
        "America/Denver",
        "2016-07-08",
        "SWISS ARMY MAN\n"
        "Fri 7/8: 4:45, 7:15, 9:45\n"
        "Sat 7/9: 2:15, 4:45, 7:15, 9:45\n"
        "Sun 7/11: 2:15, 4:45\n"
        "Mon 7/11 - Thu 7/14: 7:15\n"
        "THE LOBSTER\n"
        "Nightly 9:30 (not Sun)\n"
        "Free outdoor movie Tuesday at dusk: E.T.",
        {
            "Swiss Army Man": "Fri 16:45 19:15 21:45; Sat 14:15 16:45 19:15 21:45; Mon-Thu 19:15",
            "The Lobster": "Fri,Sat,Mon-Thu 21:30",
            "E.T. the Extra-Terrestrial": "",
        },
        ("Sun 7/11", "at dusk"),
        ("Tuesday at dusk: E.T.", "Sun 7/11: 2:15, 4:45"),
    ),
    Listing(
        "en_gb_sixth_06",
        "en-GB",
        "Europe/London",
        "2018-02-16",
        "Fri 16 Feb – Thu 22 Feb\n"
        "\n"
        "The Shape of Water (15)\xa0\xa0123 mins\n"
        "Fri, Mon, Wed\xa020.15\n"
        "Sat & Sun\xa014.30, 17.30, 20.15\n"
        "Tue\xa011.00 (Silver Screen – over 60s £4), 20.15\n"
        "Thu\xa017.30 (subtitled), 20.15\n"
        "\n"
        "Early Man (PG)\n"
        "Half term matinees: Fri–Sun 12.00; Mon–Fri 10.30 & 12.45\n"
        "\n"
        "Book on 01234 567890 or at www.picturedrome.co.uk",
        {
            "The Shape of Water": "Fri,Mon,Wed 20:15; Sat,Sun 14:30 17:30 20:15; Tue 11:00 20:15; Thu 17:30+subtitled 20:15",
            "Early Man": "Fri 10:30 12:00 12:45; Sat,Sun 12:00; Mon-Thu 10:30 12:45",
        },
        (),
        (),
    ),
    Listing(
        "en_ca_sixth_07",
        "en-CA",
        "America/Toronto",
        "2017-09-15",
        "IT (14A) | Fri 9/15–Thu 9/21 | 6:45, 9:30 nightly | Sat/Sun matinees 1:00, 3:45\n"
        "MOTHER! (18A) | Fri–Thu 7:00, 9:20 | No 9:20 on Sunday\n"
        "THE LITTLE HOURS | Wed 9/20 7:15 | Thu 9/22 7:15",
        {
            "It": "Fri,Mon-Thu 18:45 21:30; Sat,Sun 13:00 15:45 18:45 21:30",
            "mother!": "Fri,Sat,Mon-Thu 19:00 21:20; Sun 19:00",
            "The Little Hours": "Wed 19:15",
        },
        ("Thu 9/22",),
        ("7:15",),
    ),
    Listing(
        "fr_fr_sixth_08",
        "fr-FR",
        "Europe/Paris",
        "2021-09-22",
        "DUNE (VF) mer 14h 17h15 20h30, jeu 20h30, ven 17h15 20h30, sam 14h 17h15 20h30, dim 14h 17h15, lun 20h30, mar 17h15\n"
        "DUNE (VOST) jeu 17h15, dim 20h30, mar 20h30\n"
        "BAC NORD (1h44)\n"
        "Vendredi, samedi, dimanche : 18h et 21h — Tarif unique 5 € le lundi : 20h\n"
        "Eiffel : bientôt",
        {
            "Dune": "Wed 14:00+dubbed 17:15+dubbed 20:30+dubbed; Thu 17:15+subtitled 20:30+dubbed; Fri 17:15+dubbed 20:30+dubbed; Sat 14:00+dubbed 17:15+dubbed 20:30+dubbed; Sun 14:00+dubbed 17:15+dubbed 20:30+subtitled; Mon 20:30+dubbed; Tue 17:15+dubbed 20:30+subtitled",
            "BAC Nord": "Fri-Sun 18:00 21:00; Mon 20:00",
            "Eiffel": "",
        },
        (),
        ("Eiffel : bientôt", "bientôt"),
    ),
    Listing(
        "fr_fr_sixth_09",
        "fr-FR",
        "Europe/Paris",
        "2019-05-15",
        "Mercredi 15 mai\n"
        "14h Pokémon Détective Pikachu\n"
        "18h Sibyl\n"
        "20h30 Douleur et gloire (vo)\n"
        "Jeudi 16 mai\n"
        "Pas de séance\n"
        "Vendredi 17 mai\n"
        "18h Douleur et gloire (vo)\n"
        "20h30 Sibyl\n"
        "Samedi 18 mai\n"
        "17h Pokémon Détective Pikachu\n"
        "21h Le jeune Ahmed (avant-première)\n"
        "Dimanche 19 mai\n"
        "15h, 17h30 Pokémon Détective Pikachu\n"
        "Lundi 20 mai : relâche\n"
        "Mardi 21 mai\n"
        "20h30 Sibyl",
        {
            "Pokémon Détective Pikachu": "Wed 14:00; Sat 17:00; Sun 15:00 17:30",
            "Sibyl": "Wed 18:00; Fri 20:30; Tue 20:30",
            "Douleur et gloire": "Wed 20:30+subtitled; Fri 18:00+subtitled",
        },
        ("Le jeune Ahmed",),
        ("21h Le jeune Ahmed (avant-première)", "21h"),
    ),
    Listing(
        "de_de_sixth_10",
        "de-DE",
        "Europe/Berlin",
        "2018-12-20",
        "AQUAMAN 3D: tägl. 17.00, 20.15 (außer Mo 24.12.); Fr/Sa auch 23.00\n"
        "DER JUNGE MUSS AN DIE FRISCHE LUFT\n"
        "ab 25.12. täglich 17.30 + 20.00 Uhr\n"
        "Heiligabend (Mo) geschlossen\n"
        "Mary Poppins' Rückkehr: Do-So 14.30, Di u. Mi 14.30",
        {
            "Aquaman": "Thu,Sun,Tue,Wed 17:00+3D 20:15+3D; Fri,Sat 17:00+3D 20:15+3D 23:00+3D",
            "Der Junge muss an die frische Luft": "Tue,Wed 17:30 20:00",
            "Mary Poppins' Rückkehr": "Thu-Sun,Tue,Wed 14:30",
        },
        (),
        (),
    ),
    Listing(
        "es_es_sixth_11",
        "es-ES",
        "Europe/Madrid",
        "2022-09-30",
        "MODELO 77: V 17.30 20.00 22.30, S y D 16.00 18.30 21.00, L a J 18.00 20.30\n"
        "CINCO LOBITOS (con subtítulos para sordos el martes): L, M y X 18.15\n"
        "TADEO JONES 3 — sábado y domingo, 12.00 y 16.15 h. Precio: 5 €. Miércoles, día del espectador, 4,50 €\n"
        "En los márgenes (preestreno): jueves 6 de octubre, 20.45, con la presencia del director",
        {
            "Modelo 77": "Fri 17:30 20:00 22:30; Sat,Sun 16:00 18:30 21:00; Mon-Thu 18:00 20:30",
            "Cinco lobitos": "Mon,Wed 18:15; Tue 18:15+OC",
            "Tadeo Jones 3": "Sat,Sun 12:00 16:15",
            "En los márgenes": "Thu 20:45+preview+qa",
        },
        (),
        (),
    ),
    Listing(
        "es_mx_sixth_12",
        "es-MX",
        "America/Mexico_City",
        "2018-12-07",
        "ROMA\n"
        "Vie 7: 4:30 y 8:00 pm\n"
        "Sáb 8 y dom 9: 12:00, 4:30 y 8:00 pm\n"
        "Lun: no hay funciones\n"
        "Mar-jue: 6:00 pm\n"
        "MUSEO: viernes a domingo, 10:15 pm. Jueves 12, 8:30 pm",
        {"Roma": "Fri 16:30 20:00; Sat,Sun 12:00 16:30 20:00; Tue-Thu 18:00", "Museo": "Fri-Sun 22:15"},
        ("Jueves 12",),
        ("8:30 pm", "Jueves 12, 8:30 pm"),
    ),
    Listing(
        "es_ar_sixth_13",
        "es-AR",
        "America/Argentina/Buenos_Aires",
        "2022-10-06",
        "ARGENTINA, 1985: jueves a miércoles 15.30, 18.30 y 21.30 hs; viernes y sábado trasnoche 0.15 hs\n"
        "MOONAGE DAYDREAM (subtitulada): jue, vie y dom 20 hs, sáb 22:30 hs\n"
        "Lunes feriado: todas las funciones 2x1\n"
        "El perro que no calla: martes 11 a las 19 hs c/ debate, miércoles 12 horario a confirmar",
        {
            "Argentina, 1985": "Thu,Sun-Wed 15:30 18:30 21:30; Fri,Sat 15:30 18:30 21:30 24:15",
            "Moonage Daydream": "Thu,Fri,Sun 20:00+subtitled; Sat 22:30+subtitled",
            "El perro que no calla": "Tue 19:00+qa",
        },
        ("horario a confirmar",),
        ("Lunes feriado: todas las funciones 2x1",),
    ),
    Listing(
        "en_us_sixth_14",
        "en-US",
        "America/New_York",
        "2014-12-19",
        "Now showing:\n"
        "WILD — 2:00, 4:35, 7:10, 9:45 (no 9:45 Sun-Thu; closed at 6pm on Christmas Eve — no 7:10 on Wed 12/24)\n"
        "THE IMITATION GAME opens Christmas Day! 1:45 4:20 6:55 9:30\n"
        "SELMA opens January 9",
        {
            "Wild": "Fri,Sat 14:00 16:35 19:10 21:45; Sun-Tue,Thu 14:00 16:35 19:10; Wed 14:00 16:35",
            "The Imitation Game": "Thu 13:45 16:20 18:55 21:30",
            "Selma": "",
        },
        (),
        ("closed at 6pm", "closed at 6pm on Christmas Eve"),
    ),
    Listing(
        "en_us_sixth_15",
        "en-US",
        "America/Chicago",
        "2013-09-20",
        "SHORT TERM 12 (R)\n"
        "Fri & Sat: 5:15, 7:30, 9:45\n"
        "Sun: 12, 2:15, 4:30\n"
        "Mon-Thurs: 7:30\n"
        "21 & OVER\n"
        "Fri/Sat 11:45p\n"
        "42\n"
        "Wed 1:00 (senior matinee $5), 7:00\n"
        "Tickets: $10 / $8 students / $7 before 6",
        {
            "Short Term 12": "Fri,Sat 17:15 19:30 21:45; Sun 12:00 14:15 16:30; Mon-Thu 19:30",
            "21 & Over": "Fri,Sat 23:45",
            "42": "Wed 13:00 19:00",
        },
        (),
        (),
    ),
    Listing(
        "en_us_sixth_16",
        "en-US",
        "America/New_York",
        "2015-10-30",
        "The Rocky Horror Picture Show - Fri & Sat @ midnight\n"
        "Bridge of Spies - Fri 6:30 9:30, Sat 3:30 6:30 9:30, Sun 3:30 6:30, Mon-Thu 6:30\n"
        "Crimson Peak - Fri 9:15, Sat 12:00 am, Tues 9:15\n"
        "Phantom of the Opera with live organ, Sat 2:00 (doors at 1:00, costume contest at 1:30)",
        {
            "The Rocky Horror Picture Show": "Fri,Sat 24:00",
            "Bridge of Spies": "Fri 18:30 21:30; Sat 15:30 18:30 21:30; Sun 15:30 18:30; Mon-Thu 18:30",
            "Crimson Peak": "Fri 21:15; Tue 21:15",
            "The Phantom of the Opera": "Sat 14:00",
        },
        ("Sat 12:00 am",),
        ("costume contest at 1:30", "1:30"),
    ),
    Listing(
        "en_us_sixth_17",
        "en-US",
        "America/New_York",
        "2017-02-03",
        "Film\tFri 2/3\tSat 2/4\tSun 2/5\tMon 2/6\tTue 2/7\tWed 2/8\tThu 2/9\n"
        "La La Land\t4:15, 7:00, 9:45\t1:30, 4:15, 7:00, 9:45\t1:30, 4:15\t7:00\t7:00\t-\t7:00\n"
        "Lion\t4:30, 7:15\t1:45, 4:30, 7:15\t1:45, 4:30\t7:15\t10:00\t7:15 OC\tTBA\n"
        "THE SALESMAN\t6:45\t6:45\t-\t-\t-\t-\t6:45",
        {
            "La La Land": "Fri 16:15 19:00 21:45; Sat 13:30 16:15 19:00 21:45; Sun 13:30 16:15; Mon,Tue,Thu 19:00",
            "Lion": "Fri 16:30 19:15; Sat 13:45 16:30 19:15; Sun 13:45 16:30; Mon 19:15; Wed 19:15+OC",
        },
        ("10:00", "TBA", "THE SALESMAN"),
        ("6:45",),
    ),
    Listing(
        "en_us_sixth_18",
        "en-US",
        "America/Chicago",
        "2012-08-10",
        "title;date;start;version\n"
        "Hope Springs;2012-08-10;19:00;\n"
        "Hope Springs;2012-08-11;16:30;CC\n"
        "The Campaign;2012-08-11;21:15;\n"
        "The Campaign;2012-08-32;21:15;\n"
        "Bourne Legacy;2012-08-12;25:10;\n"
        "The Bourne Legacy;2012-08-12;18:00;AD",
        {
            "Hope Springs": "Fri 19:00; Sat 16:30+CC",
            "The Campaign": "Sat 21:15",
            "The Bourne Legacy": "Sun 18:00+AD",
        },
        ("2012-08-32", "25:10"),
        ("21:15",),
    ),
    Listing(
        "en_us_sixth_19",
        "en-US",
        "America/Los_Angeles",
        "2014-05-16",
        "Dear friends, a short note about next week. GODZILLA continues Fri-Sun at 1, 4, 7 and 10 and Mon-Thu at 4 and 7. On Saturday at 10:30am our kids' club shows PADDINGTON. FADING GIGOLO ends Tuesday: 5:15 nightly until then. We will be closed Monday night for a staff party. Call 323-555-0199.",
        {
            "Godzilla": "Fri-Sun 13:00 16:00 19:00 22:00; Mon-Thu 16:00 19:00",
            "Paddington": "Sat 10:30",
            "Fading Gigolo": "Fri-Tue 17:15",
        },
        ("closed Monday night",),
        (),
    ),
    Listing(
        "en_gb_sixth_20",
        "en-GB",
        "Europe/London",
        "2016-11-18",
        "FANTASTIC BEASTS (12A)\n"
        "Fri 18 – Thu 24: 14.00, 17.15, 20.30\n"
        "Autism friendly: Sun 10.30am   HOH subs: Tue 17.15   Parent & Baby: Thu 11am\n"
        "ARRIVAL (12A)\n"
        "Fri–Mon 17.45; Tue–Thu 18.00, 20.45\n"
        "PATERSON (15): Fri 25 Nov 18.00\n"
        "Your Name (15) subtitled Mon, Wed 20.45",
        {
            "Fantastic Beasts and Where to Find Them": "Fri,Sat,Mon,Wed 14:00 17:15 20:30; Sun 10:30+relaxed 14:00 17:15 20:30; Tue 14:00 17:15+OC 20:30; Thu 11:00+baby 14:00 17:15 20:30",
            "Arrival": "Fri-Mon 17:45; Tue-Thu 18:00 20:45",
            "Paterson": "2016-11-25 18:00",
            "Your Name": "Mon,Wed 20:45+subtitled",
        },
        (),
        (),
    ),
    Listing(
        "en_us_sixth_21",
        "en-US",
        "America/New_York",
        "2013-07-26",
        "BLUE JASMINE 12:15 2:30 4:45 7:00 9:15 daily\n"
        "FRUITVALE STATION 1:00 3:00 5:00 7:00 9:00 daily - Sat morning 10:45 w/ Spanish subtitles\n"
        "THE ACT OF KILLING: Q&A with Joshua Oppenheimer after the 7:10 show Friday & Saturday\n"
        "Fri-Thu 1:20 4:20 7:10",
        {
            "Blue Jasmine": "Fri-Thu 12:15 14:30 16:45 19:00 21:15",
            "Fruitvale Station": "Fri,Sun-Thu 13:00 15:00 17:00 19:00 21:00; Sat 10:45+subtitled 13:00 15:00 17:00 19:00 21:00",
            "The Act of Killing": "Fri,Sat 13:20 16:20 19:10+qa; Sun-Thu 13:20 16:20 19:10",
        },
        (),
        (),
    ),
    Listing(
        "en_us_sixth_22",
        "en-US",
        "America/New_York",
        "2016-01-22",
        "Hail from the Avalon! Snow update: all shows CANCELLED Saturday.\n"
        "The Revenant: Fri 1:00 4:15 7:30; Sat 1:00 4:15 7:30; Sun 1:00 4:15 7:30\n"
        "Spotlight: Fri-Sun 5:00 8:00; Mon 5:00 or 5:30; Tue-Thu 5:00 8:00\n"
        "Anomalisa: Wed & Thu 99:15, 7:15",
        {
            "The Revenant": "Fri 13:00 16:15 19:30; Sun 13:00 16:15 19:30",
            "Spotlight": "Fri,Sun 17:00 20:00; Tue-Thu 17:00 20:00",
            "Anomalisa": "Wed,Thu 19:15",
        },
        ("5:00 or 5:30", "99:15"),
        (),
    ),
    Listing(
        "es_es_sixth_23",
        "es-ES",
        "Europe/Madrid",
        "2019-03-29",
        "DOLOR Y GLORIA\n"
        "V: 18:00 / 20:15 / 22:30\n"
        "S: 16:00 / 18:00 / 20:15 / 22:30 / 02:15\n"
        "D: 16:00 / 18:00 / 20:15\n"
        "L-M-X: 18:00 / 20:15\n"
        "J: cerrado\n"
        "La favorita (VOSE) S y D 20.00; ma 20.00",
        {
            "Dolor y gloria": "Fri 18:00 20:15 22:30; Sat 16:00 18:00 20:15 22:30; Sun 16:00 18:00 20:15; Mon-Wed 18:00 20:15",
            "La favorita": "Sat,Sun 20:00+subtitled; Tue 20:00+subtitled",
        },
        ("02:15",),
        ("ma",),
    ),
    Listing(
        "en_us_sixth_24",
        "en-US",
        "America/New_York",
        "2012-09-14",
        "THE MASTER (R, 144 min.) Fri. 3:45, 7, 10:10; Sat. 12:30, 3:45, 7, 10:10; Sun. 12:30, 3:45, 7; Mon.-Thurs. 3:45, 7\n"
        "ROBOT AND FRANK (PG-13, 89 min.) Daily 5:10 (exc. Tues.), Sat.-Sun. 12:45\n"
        "TUESDAY TALKIES presents THE GENERAL w/ piano 7:30 p.m.",
        {
            "The Master": "Fri 15:45 19:00 22:10; Sat 12:30 15:45 19:00 22:10; Sun 12:30 15:45 19:00; Mon-Thu 15:45 19:00",
            "Robot & Frank": "Fri,Mon,Wed,Thu 17:10; Sat,Sun 12:45 17:10",
            "The General": "Tue 19:30",
        },
        (),
        (),
    ),
    Listing(
        "en_us_sixth_25",
        "en-US",
        "America/Chicago",
        "2014-11-14",
        "FOXCATCHER\n"
        "Fri, Sat, Sun: 1:15 / 4:15 / 7:15 / 10:15\n"
        "Mon thru Wed: 4:15 / 7:15\n"
        "Thu: 4:15\n"
        "BIRDMAN\n"
        "Fri-Sun: 2 / 4:40 / 7:20\n"
        "Mon-Thu: 4:40 / 7:20 *no 7:20 on Thu\n"
        "MOCKINGJAY PART 1\n"
        "Thu 8:00 & 11:00 early shows",
        {
            "Foxcatcher": "Fri-Sun 13:15 16:15 19:15 22:15; Mon-Wed 16:15 19:15; Thu 16:15",
            "Birdman": "Fri-Sun 14:00 16:40 19:20; Mon-Wed 16:40 19:20; Thu 16:40",
            "The Hunger Games: Mockingjay - Part 1": "Thu 20:00 23:00",
        },
        (),
        (),
    ),
    Listing(
        "en_us_sixth_26",
        "en-US",
        "America/Los_Angeles",
        "2013-10-11",
        "12 YEARS A SLAVE - Fri Oct 18: 12:15, 3:30, 7:00\n"
        "20 FEET FROM STARDOM - Fri-Thu 5:30\n"
        "ENOUGH SAID - Fri-Sun 1:00, 3:15, 7:45, 9:55; Mon-Thu 3:15, 7:45\n"
        "A.C.O.D. - 10:00 Fri, Sat & Sun",
        {
            "12 Years a Slave": "2013-10-18 12:15 15:30 19:00",
            "20 Feet from Stardom": "Fri-Thu 17:30",
            "Enough Said": "Fri-Sun 13:00 15:15 19:45 21:55; Mon-Thu 15:15 19:45",
            "A.C.O.D.": "",
        },
        ("10:00 Fri, Sat & Sun",),
        (),
    ),
    Listing(
        "en_us_sixth_27",
        "en-US",
        "America/New_York",
        "2016-12-23",
        "Holiday schedule! We close early on Christmas Eve and are dark on Christmas Day.\n"
        "\n"
        "MOONLIGHT: Fri 4:30 7:00 9:20; Sat 12/24 1:00 3:20; Mon-Thu 4:30 7:00\n"
        "JACKIE: Fri 5:00 7:15; Sat 1:30; Mon-Wed 5:00 7:15; Thu 5:00\n"
        "SING (PG): Mon-Thu 11:00 1:15\n"
        "LA LA LAND: starts Sunday",
        {
            "Moonlight": "Fri 16:30 19:00 21:20; Sat 13:00 15:20; Mon-Thu 16:30 19:00",
            "Jackie": "Fri 17:00 19:15; Sat 13:30; Mon-Wed 17:00 19:15; Thu 17:00",
            "Sing": "Mon-Thu 11:00 13:15",
            "La La Land": "",
        },
        (),
        ("LA LA LAND: starts Sunday", "LA LA LAND", "starts Sunday", "We close early on Christmas Eve"),
    ),
    Listing(
        "en_us_sixth_28",
        "en-US",
        "America/Phoenix",
        "2015-03-06",
        "WHIPLASH Fri-Thu 7:15 pm\n"
        "THE BABADOOK Sat late 11:45 pm + Sun 2:30 am\n"
        "SONG OF THE SEA Sat-Sun 11:30 am 1:45 pm; Mon-Fri 3:30 pm\n"
        "TWO DAYS, ONE NIGHT Wed-Sat 5:00 pm",
        {
            "Whiplash": "Fri-Thu 19:15",
            "The Babadook": "Sat 23:45",
            "Song of the Sea": "Sat,Sun 11:30 13:45; Fri,Mon-Thu 15:30",
            "Two Days, One Night": "",
        },
        ("2:30 am", "Wed-Sat"),
        ("Wed-Sat 5:00 pm",),
    ),
    Listing(
        "en_gb_sixth_29",
        "en-GB",
        "Europe/London",
        "2015-10-16",
        "CRIMSON PEAK (15) 119 mins\n"
        "Daily (ex Weds) 3.00, 8.30; Weds 8.30\n"
        "\n"
        "SUFFRAGETTE (12A)\n"
        "Fri 12.45 5.45, Sat 12.45 5.45, Sun 5.45, Mon 12.45 5.45, Tue 10.30am 5.45, Wed 12.45 (subtitled), Thu 5.45\n"
        "\n"
        "NT LIVE: HAMLET (as live) Thurs 7.00\n"
        "Encore screening Sun 18th 1.30",
        {
            "Crimson Peak": "Fri-Tue,Thu 15:00 20:30; Wed 20:30",
            "Suffragette": "Fri,Sat,Mon 12:45 17:45; Sun 17:45; Tue 10:30 17:45; Wed 12:45+subtitled; Thu 17:45",
            "Hamlet": "Thu 19:00; Sun 13:30",
        },
        (),
        (),
    ),
    Listing(
        "en_gb_sixth_30",
        "en-GB",
        "Europe/London",
        "2017-07-21",
        "Dunkirk (12A)\n"
        "35mm: Fri–Thu 18:00, 20:30\n"
        "Digital: Fri–Sun 13:00, 15:30; Mon–Thu 15:30\n"
        "Tue 20:30 subtitled; Wed 20:30 + Q&A\n"
        "\n"
        "Cars 3 (U)\n"
        "Fri–Thu 10:30, 12:45\n"
        "Sensory-friendly: Sat 10:30\n"
        "Despicable Me 3 (U) Sat 29 July 10:30",
        {
            "Dunkirk": "Fri-Sun 18:00+35mm 20:30+35mm 13:00 15:30; Mon,Thu 18:00+35mm 20:30+35mm 15:30; Tue 18:00+35mm 20:30+35mm+subtitled 15:30; Wed 18:00+35mm 20:30+35mm+qa 15:30",
            "Cars 3": "Fri,Sun-Thu 10:30 12:45; Sat 10:30+relaxed 12:45",
            "Despicable Me 3": "2017-07-29 10:30",
        },
        (),
        (),
    ),
    Listing(
        "en_gb_sixth_31",
        "en-GB",
        "Europe/London",
        "2014-03-28",
        "NOAH (12A) Fri, Sat 17:15 20:15 23:15; Sun-Thu 17:15 20:15\n"
        "THE DOUBLE (15) Sat 29 March 01:15; Sun 30 March 14:00\n"
        "MUPPETS MOST WANTED (U) Sat/Sun 10:30 12:50 15:00; Sat 5th & Sun 6th April 10:30",
        {
            "Noah": "Fri,Sat 17:15 20:15 23:15; Sun-Thu 17:15 20:15",
            "The Double": "Sun 14:00",
            "Muppets Most Wanted": "Sat,Sun 10:30 12:50 15:00; 2014-04-05,2014-04-06 10:30",
        },
        ("29 March 01:15",),
        ("Sat 29 March 01:15",),
    ),
    Listing(
        "en_ie_sixth_32",
        "en-IE",
        "Europe/Dublin",
        "2019-08-09",
        "BLINDED BY THE LIGHT\n"
        "Fri 9 - Thu 15 Aug 1:10 3:40 6:10 8:40\n"
        "\n"
        "PAIN AND GLORY (16) (Spanish w/ English subs)\n"
        "Fri, Sun, Tues, Thurs 6:20; Sat, Mon, Wed 8:50\n"
        "\n"
        "HOLIDAY (18)\n"
        "Sat 6:20 | Wed 6:20\n"
        "\n"
        "Members' preview: ONCE UPON A TIME... Tues 8:50",
        {
            "Blinded by the Light": "Fri-Thu 13:10 15:40 18:10 20:40",
            "Pain and Glory": "Fri,Sun,Tue,Thu 18:20+subtitled; Sat,Mon,Wed 20:50+subtitled",
            "Holiday": "Sat,Wed 18:20",
            "Once Upon a Time in Hollywood": "Tue 20:50+preview",
        },
        (),
        (),
    ),
    Listing(
        "en_au_sixth_33",
        "en-AU",
        "Australia/Sydney",
        "2019-09-12",
        "Downton Abbey (PG): Thu 10.00am (Bring Your Own Baby), 12.30pm, 3.00pm, 6.00pm, 8.30pm | Fri–Sun 12.30pm, 3.00pm, 6.00pm | Mon–Wed 3.00pm, 6.00pm\n"
        "Ad Astra advance screenings Wed 18/9 8.30pm\n"
        "The Farewell: Thu-Sun 1.15, 5.45; Mon 10.45; Tue-Wed 5.45",
        {
            "Downton Abbey": "Thu 10:00+baby 12:30 15:00 18:00 20:30; Fri-Sun 12:30 15:00 18:00; Mon-Wed 15:00 18:00",
            "Ad Astra": "Wed 20:30+preview",
            "The Farewell": "Thu-Sun 13:15 17:45; Tue,Wed 17:45",
        },
        ("10.45",),
        (),
    ),
    Listing(
        "fr_fr_sixth_34",
        "fr-FR",
        "Europe/Paris",
        "2022-11-02",
        "BLACK PANTHER : WAKANDA FOREVER (2h41)\n"
        "Avant-première mardi 8 à 20h (VO)\n"
        "\n"
        "L'INNOCENT (1h40) : mercredi 16h15, jeudi 18h et 20h30, vendredi 20h30, samedi 18h15, dimanche 20h30, lundi 18h, mardi 16h\n"
        "\n"
        "EO VOST : jeu. 16h, sam. 20h30, lun. 20h30 (dernière)\n"
        "Les séances précédées d'un * sont en 3D",
        {
            "Black Panther: Wakanda Forever": "Tue 20:00+preview+subtitled",
            "L'Innocent": "Wed 16:15; Thu 18:00 20:30; Fri 20:30; Sat 18:15; Sun 20:30; Mon 18:00; Tue 16:00",
            "EO": "Thu 16:00+subtitled; Sat 20:30+subtitled; Mon 20:30+subtitled",
        },
        (),
        (),
    ),
    Listing(
        "fr_fr_sixth_35",
        "fr-FR",
        "Europe/Paris",
        "2013-03-27",
        "TU HONORERAS TA MÈRE ET TA MÈRE - Mer 27 : 18h30, Ven 29 : 21h, Sam 30 : 14h - 18h30, Dim 31 : 2h30, 21h\n"
        "ALPS (v.o.) - Jeu 28 : 21h, Lun 1/04 : 18h30\n"
        "LES CROODS 3D - Mer : 14h - 16h, Sam : 16h, Dim : 14h - 16h, Lun : 14h - 16h\n"
        "Fermé le mardi 2 avril",
        {
            "Tu honoreras ta mère et ta mère": "Wed 18:30; Fri 21:00; Sat 14:00 18:30; Sun 21:00",
            "Alps": "Thu 21:00+subtitled; Mon 18:30+subtitled",
            "Les Croods": "Wed 14:00+3D 16:00+3D; Sat 16:00+3D; Sun 14:00+3D 16:00+3D; Mon 14:00+3D 16:00+3D",
        },
        ("2h30",),
        ("Dim 31 : 2h30",),
    ),
    Listing(
        "fr_ch_sixth_36",
        "fr-CH",
        "Europe/Zurich",
        "2021-10-07",
        "NO TIME TO DIE / MOURIR PEUT ATTENDRE (VF dès 12 ans)\n"
        "je ve lu ma 20h00, sa di 16h30 et 20h00, me 14h00\n"
        "LE LOUP ET LE LION (VF) sa di me 14h00\n"
        "ILLUSIONS PERDUES (VF, 2h29) ve 17h00, di 10h30, ma 17h00\n"
        "TITANE (VF, 18 ans) sa 23h15",
        {
            "Mourir peut attendre": "Thu,Fri,Mon,Tue 20:00+dubbed; Sat,Sun 16:30+dubbed 20:00+dubbed; Wed 14:00+dubbed",
            "Le Loup et le Lion": "Sat,Sun,Wed 14:00+dubbed",
            "Illusions perdues": "Fri 17:00+dubbed; Sun 10:30+dubbed; Tue 17:00+dubbed",
            "Titane": "Sat 23:15+dubbed",
        },
        (),
        (),
    ),
    Listing(
        "de_de_sixth_37",
        "de-DE",
        "Europe/Berlin",
        "2015-04-02",
        "Donnerstag, 2. April\n"
        "17:00 Shaun das Schaf\n"
        "20:15 Still Alice (OmU)\n"
        "Karfreitag, 3. April\n"
        "geschlossen\n"
        "Samstag, 4. April\n"
        "15:00 Shaun das Schaf\n"
        "18:00 Still Alice\n"
        "20:30 Fast & Furious 7\n"
        "Sonntag, 5. April\n"
        "20:30 Fast & Furious 7\n"
        "Montag, 5. April\n"
        "20:15 Still Alice\n"
        "Mittwoch, 8. April\n"
        "20:15 Kurzfilmnacht",
        {
            "Shaun das Schaf - Der Film": "Thu 17:00; Sat 15:00",
            "Still Alice": "Thu 20:15+subtitled; Sat 18:00",
            "Fast & Furious 7": "Sat,Sun 20:30",
        },
        ("Montag, 5. April", "Kurzfilmnacht"),
        ("20:15", "20:15 Kurzfilmnacht"),
    ),
    Listing(
        "de_de_sixth_38",
        "de-DE",
        "Europe/Berlin",
        "2019-01-31",
        "Green Book - Eine besondere Freundschaft\n"
        "Do, Fr, Sa 17.45 + 20.30, So 17.45, Mo-Mi 20.30 (Di in engl. OmU)\n"
        "Immenhof - Das Abenteuer eines Sommers\n"
        "Sa + So 15.00\n"
        "Ostwind 4 - Vorpremiere So 11.00\n"
        "Neu! Ab Do, 7.2.: Der Junge muss an die frische Luft",
        {
            "Green Book - Eine besondere Freundschaft": "Thu-Sat 17:45 20:30; Sun 17:45; Mon,Wed 20:30; Tue 20:30+subtitled",
            "Immenhof - Das Abenteuer eines Sommers": "Sat,Sun 15:00",
            "Der Junge muss an die frische Luft": "",
        },
        ("Ostwind 4",),
        ("So 11.00", "Vorpremiere", "Ostwind 4 - Vorpremiere", "7.2.", "Der Junge muss an die frische Luft"),
    ),
    Listing(
        "de_at_sixth_39",
        "de-AT",
        "Europe/Vienna",
        "2023-03-23",
        "THE FABELMANS (OmU, 151 min): Do 23.3., 17:30 | Sa 25.3., 20:00 | So 26.3., 02:15 | Mo 27.3., 17:30\n"
        "DER FUCHS: täglich 20:15 außer Sa (da 17:30)\n"
        "TÁR (OV): Mi 20:30",
        {
            "The Fabelmans": "Thu 17:30+subtitled; Sat 20:00+subtitled; Mon 17:30+subtitled",
            "Der Fuchs": "Thu,Fri,Sun-Wed 20:15; Sat 17:30",
            "Tár": "Wed 20:30+ov",
        },
        ("02:15",),
        (),
    ),
    Listing(
        "es_es_sixth_40",
        "es-ES",
        "Europe/Madrid",
        "2023-10-06",
        "CERRAR LOS OJOS\n"
        "Todos los días: 17:00 y 20:30 (domingo solo 17:00)\n"
        "EL CONDE (VOSE)\n"
        "V-D: 22:45\n"
        "20.000 ESPECIES DE ABEJAS\n"
        "X 19:30 + coloquio con la directora\n"
        "PATRULLA CANINA 2: S y D: 12:00 - 16:30; J 12 (festivo): 12:00",
        {
            "Cerrar los ojos": "Fri,Sat,Mon-Thu 17:00 20:30; Sun 17:00",
            "El conde": "Fri-Sun 22:45+subtitled",
            "20.000 especies de abejas": "Wed 19:30+qa",
            "La patrulla canina: La superpelícula": "",
        },
        ("PATRULLA CANINA 2",),
        ("S y D: 12:00 - 16:30", "J 12"),
    ),
    Listing(
        "es_mx_sixth_41",
        "es-MX",
        "America/Mexico_City",
        "2020-02-14",
        "PARÁSITOS (subtitulada): viernes 14 al domingo 16, 16:00, 18:30 y 21:00 hrs.; lunes 17 cerrado; martes 18 a jueves 20, 18:30 hrs.\n"
        "MUJERCITAS (doblada) sáb. y dom. 11:30 hrs.\n"
        "Función especial: EL LABERINTO DEL FAUNO, sábado a medianoche\n"
        "SONIC, próximamente",
        {
            "Parásitos": "Fri-Sun 16:00+subtitled 18:30+subtitled 21:00+subtitled; Tue-Thu 18:30+subtitled",
            "Mujercitas": "Sat,Sun 11:30+dubbed",
            "El laberinto del fauno": "Sat 24:00",
            "Sonic, la película": "",
        },
        (),
        ("próximamente", "SONIC, próximamente"),
    ),
    Listing(
        "es_ar_sixth_42",
        "es-AR",
        "America/Argentina/Buenos_Aires",
        "2018-08-09",
        "EL ÁNGEL: Jue, vie, lun y mar 17, 19:30 y 22 hs / Sáb y dom 14:30, 17, 19:30, 22 y 0:30 hs / Mié 17 y 22 hs\n"
        "MAMMA MIA! 2 (subt.): 19 hs (excepto lun)\n"
        "HOTEL TRANSYLVANIA 3 (cast.): Sáb y dom 15 hs",
        {
            "El Ángel": "Thu,Fri,Mon,Tue 17:00 19:30 22:00; Sat,Sun 14:30 17:00 19:30 22:00 24:30; Wed 17:00 22:00",
            "Mamma Mia! Vamos otra vez": "",
            "Hotel Transylvania 3": "Sat,Sun 15:00+dubbed",
        },
        ("MAMMA MIA! 2",),
        ("19 hs",),
    ),
    Listing(
        "en_us_sixth_43",
        "en-US",
        "America/New_York",
        "2014-07-04",
        "JULY 4th WEEKEND — all shows $5 before 6pm!\n"
        "BEGIN AGAIN: Fri 4:30 7:00 (closed for fireworks after 9), Sat-Sun 2:00 4:30 7:00 9:20, Mon-Thu 7:00\n"
        "SNOWPIERCER: Sat 9:45; Sun 9:45; Mon-Wed 4:15, 9:15\n"
        "JAWS: Fri 10:00 am (outdoors at dusk, Sat)",
        {
            "Begin Again": "Fri 16:30 19:00; Sat,Sun 14:00 16:30 19:00 21:20; Mon-Thu 19:00",
            "Snowpiercer": "Sat,Sun 21:45; Mon-Wed 16:15 21:15",
            "Jaws": "Fri 10:00",
        },
        ("at dusk",),
        ("closed for fireworks after 9", "(outdoors at dusk, Sat)"),
    ),
    Listing(
        "en_us_sixth_44",
        "en-US",
        "America/Chicago",
        "2013-03-08",
        "STOKER: Fri-Sat 5, 7:15, 9:30; Sun 2:30, 5, 7:15; Mon-Thu 7:15\n"
        "Dark City at midnight Saturday (yes, 11:59 PM!)\n"
        "HOLY MOTORS Sun 2:30 am, Sun 9:30 pm\n"
        "The 7:15 show of STOKER on Tuesday is sold out.",
        {
            "Stoker": "Fri,Sat 17:00 19:15 21:30; Sun 14:30 17:00 19:15; Mon,Wed,Thu 19:15; Tue 19:15+sold_out",
            "Dark City": "Sat 24:00",
            "Holy Motors": "Sun 21:30",
        },
        ("2:30 am",),
        ("Sun 2:30 am", "11:59 PM"),
    ),
    Listing(
        "en_us_sixth_45",
        "en-US",
        "America/New_York",
        "2012-10-12",
        "Looper ......... Fri-Sun 1:30 4:15 7:00 9:40\n"
        "        ......... Mon-Thu 4:15 7:00\n"
        "Argo ........... Fri-Sun 1:15 4:00 6:45 9:30\n"
        "        ......... Mon-Wed 4:00 6:45, Thu 4:00\n"
        "Sinister ....... Fri-Sat 10:15 only\n"
        "Pitch Perfect .. Sat-Sun 1:00 3:45",
        {
            "Looper": "Fri-Sun 13:30 16:15 19:00 21:40; Mon-Thu 16:15 19:00",
            "Argo": "Fri-Sun 13:15 16:00 18:45 21:30; Mon-Wed 16:00 18:45; Thu 16:00",
            "Pitch Perfect": "Sat,Sun 13:00 15:45",
            "Sinister": "",
        },
        ("10:15",),
        (),
    ),
    Listing(
        "en_us_sixth_46",
        "en-US",
        "America/Los_Angeles",
        "2016-04-22",
        "Friday April 22 - Thursday April 28\n"
        "ELVIS & NIXON * 2:15 * 4:40 * 7:00 * 9:15\n"
        "GREEN ROOM * 7:30 * 9:50 * Sat & Sun also 2:45 & 5:10\n"
        "MIDNIGHT SPECIAL * Mon & Tue 4:30\n"
        "PURPLE RAIN * Fri & Sat 11:30 PM * Sun 5:00",
        {
            "Elvis & Nixon": "Fri-Thu 14:15 16:40 19:00 21:15",
            "Green Room": "Fri,Mon-Thu 19:30 21:50; Sat,Sun 14:45 17:10 19:30 21:50",
            "Midnight Special": "Mon,Tue 16:30",
            "Purple Rain": "Fri,Sat 23:30; Sun 17:00",
        },
        (),
        (),
    ),
    Listing(
        "en_gb_sixth_47",
        "en-GB",
        "Europe/London",
        "2013-11-08",
        "GRAVITY 3D (12A)\n"
        "Fri 8 Nov 18:30 / 20:45\n"
        "Sat 9 Nov 16:15 / 18:30 / 20:45\n"
        "Sun 10 Nov 18:30\n"
        "Tue 12 Nov 18:30 / 20:45 (HOH)\n"
        "Wed 14 Nov 18:30\n"
        "PHILOMENA (12A)\n"
        "Tues - Thurs 14:00\n"
        "Weds 14:00 AD\n"
        "was 15:30, now 14:00",
        {
            "Gravity": "Fri 18:30+3D 20:45+3D; Sat 16:15+3D 18:30+3D 20:45+3D; Sun 18:30+3D; Tue 18:30+3D 20:45+3D+OC",
            "Philomena": "Tue,Thu 14:00; Wed 14:00+AD",
        },
        ("Wed 14 Nov",),
        ("was 15:30, now 14:00", "Wed 14 Nov 18:30", "15:30"),
    ),
    Listing(
        "en_us_sixth_48",
        "en-US",
        "America/New_York",
        "2018-02-16",
        "BLACK PANTHER (PG-13)\n"
        "***3-D***  Fri-Sun 12:45, 6:45  Mon-Thu 6:45\n"
        "***2-D***  Fri-Sun 3:45, 9:45  Mon-Thu 3:45\n"
        "Presidents' Day Monday: extra 12:45 show in 2-D\n"
        "Phantom Thread: Sun-Thu at 4 and 7; closes Thursday, Feb. 22\n"
        "Members: bring a friend free, Wednesdays in February!",
        {
            "Black Panther": "Fri-Sun 12:45+3D 18:45+3D 15:45 21:45; Mon 12:45 18:45+3D 15:45; Tue-Thu 18:45+3D 15:45",
            "Phantom Thread": "Sun-Thu 16:00 19:00",
        },
        (),
        (),
    ),
)
