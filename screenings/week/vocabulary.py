"""The words of listings in English, French, German and Spanish, and what each one means.

Every table row is `KIND[=value]: phrase; phrase`. Phrases are written without accents, apostrophes and
hyphens, as `lexer` compares them. Day and month names come from Babel (CLDR), with the trade's own short
forms beside them. The numbers in brackets name the house's conventions for listings.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import get_day_names, get_month_names

from screenings.week.source import plain_words

WEEKDAY_COUNT = 7

# Conventions 5: tags, the same in every language.
_TAGS = """
OC: open captions; open caption; open captioned; open captioning; hoh; hoh subtitled; hoh subtitles; hard of hearing;
    hard of hearing subtitles; hard of hearing subtitled; hard of hearing captions; subtitles for the hard of hearing; subtitled for the hard of hearing; subtitled for the deaf; subtitled for the hearing impaired;
    captioned; captioned screening; hoh subs; hoh subtitling; hoh screening; on screen captions; soft subtitled;
    sme; st sme; stsme; vost sme; vf sme; sous titres sme; sous titrage sme; sous titree sme; sous titre sme; sous titres sourds et malentendants; sous titres pour sourds et malentendants;
    sous titree pour sourds et malentendants; sous titrage pour sourds et malentendants; sourds et malentendants; vfst; vf st; vfstf;
    subtitulos para sordos; con subtitulos para sordos; con subtitulos adaptados; subtitulada para sordos; subtitulado para sordos; subtitulos adaptados; subtitulos para personas sordas; spss; sdh;
    untertitel fur horgeschadigte; untertitel fur horbehinderte; untertitel fur gehorlose; mit untertiteln fur gehorlose; mit untertiteln fur horgeschadigte
CC: closed captions; closed caption; closed captioned; closed captioning
AD: audio description; audio described; audiodescription; audiodeskription; audiodescripcion; audio descripcion; horfilmfassung; ad available
relaxed: relaxed; relaxed screening; sensory friendly; sensory friendly screening; sensory screening; autism friendly; autism friendly screening; sensory relaxed; cine relax; relax screening;
    seance relax; cine ma difference; sesion relajada; pase relajado; funcion distendida; funcion relajada; sesion distendida; pase distendido; autismusfreundlich; reizarme vorstellung; reizarm
baby: parent and baby; parents and babies; parents and baby; parent and baby screening; parent and baby club; babes in arms; baby screening; baby friendly; baby club; bring your own baby; carers and babies;
    carer and baby; mother and baby; mums and bubs; mums and babies; mum and baby; moms and babies; mommy and me; baby matinee; crybaby; cry baby matinee; big scream; the big scream; watch with baby; cinebaby; cine baby; bebes admis; cine bebe; seance bebe; cine poussette; cine bebes; babykino; kinderwagenkino; mamakino; baby kino; cine con bebes; teta cine; sesion bebes; pase con bebes; matinal con bebes
35mm: 35mm; 35 mm
70mm: 70mm; 70 mm
16mm: 16mm; 16 mm
3D: 3d; real d 3d; reald 3d; reald
qa: q and a; q a; qanda; q and as; q as; guest present; guests present; guests in person; guest in person; director present; director in person; filmmaker in person; filmmakers in person; director in attendance;
    filmmaker in attendance; filmmakers in attendance; filmmaker present; director in person; in person; post film discussion; post screening discussion; post show discussion; post film talk; with director in person; panel discussion; discussion follows; followed by discussion; followed by a discussion; followed by panel; followed by a panel;
    rencontre; rencontre avec; cine rencontre; cine debat; suivi dun debat; suivi d un debat; suivie d un debat; suivi d une rencontre; suivie d une rencontre; suivi d une discussion; debat; cine discussion; en presence; en presence de; en presence du; en presence de l equipe; en presence de la realisatrice; en presence du realisateur; seance debat; cine echange; suivi d un echange; suivie d un echange; echange avec;
    coloquio; con coloquio; cine forum; cineforum; cine coloquio; charla; debate; c debate; c coloquio; encuentro con; con presencia del director; con presencia de la directora; con la presencia de; presencia del director; conversatorio; cine debate; con el director; debate posterior; con debate;
    filmgesprach; filmgesprache; mit filmgesprach; publikumsgesprach; regiegesprach; mit gast; mit gasten; zu gast; in anwesenheit; in anwesenheit der regisseurin; in anwesenheit des regisseurs; anschl gesprach; anschliessend gesprach; anschliessendes gesprach; anschliessend diskussion; mit diskussion; podiumsgesprach; gesprach mit
intro: introduced; introduced by; introduction; introduction by; intro; intro by; with intro; with an introduction; presente par; presentee par; presentation par; presentation de; seance presentee; seance presentee par; introduction par; precede d une presentation;
    einfuhrung; mit einfuhrung; einfuhrung von; mit einer einfuhrung; presentacion; presentada por; presentado por; presentacion a cargo; con presentacion; con presentacion de
preview: preview; preview screening; advance preview; sneak preview; advance screening; advance screenings; advance showing; advance showings; previews; sneak; avant premiere; avp; avant premieres; vorpremiere; vorschau screening; preestreno; pre estreno; avance
subtitled: subtitled; subtitles; omdu; omenu; ome; omd; omeut; omdut; original mit deutschen untertiteln; original mit englischen untertiteln; with subtitles; with english subtitles; with subtitles in english; english subtitles; english subtitled; subtitled in english; eng subs; english subs; w english subs; with english subs; eng subtitles; w english subtitles; in english with subtitles; omu; omeu; omdtu; omengu; omenglu; omfu; omsu; omud; ovsub; ovst;
    vo; vost; vostf; vostfr; vosta; vose; vosi; vos; v o s e; v o s t; v o s t f; v o; v o st; v o st f; v o sous titree; vo sous titree; vo st; vo st fr; vo stf; version originale; version originale sous titree; sous titree; sous titre; sous titree en francais; sous titre en francais; version originale sous titree en francais; vof st;
    version original; version original subtitulada; version original con subtitulos; v o subtitulada; vo subtitulada; subtitulada; subtitulado; subtituladas; con subtitulos; con subtitulos en espanol; subtitulada en espanol; subt; subs; sub esp; subtitulos en espanol;
    untertitelt; mit untertiteln; mit dt untertiteln; mit deutschen untertiteln; mit englischen untertiteln; dt ut; engl ut; mit dt ut; mit engl ut; deutsche untertitel; englische untertitel; dt untertitel; engl untertitel; original mit untertiteln; originalfassung mit untertiteln; originalfassung mit deutschen untertiteln; original m ut; om ut; ov ut; e ut; d ut; ov e; ov d; ov df; ov dt ut; ov engl ut; ov mit ut
dubbed: dubbed; english dubbed; dubbed in english; english dub; vf; v f; version francaise; df; dt fassung; deutsche fassung; synchronfassung; synchronisiert; doblada; doblado; dobladas; ve; version doblada; en castellano; castellano; cast; dob; doblada al espanol; doblada al castellano; doblaje
ov: ov; original version without subtitles; version originale sans sous titres; version original sin subtitulos; originalversion; originalfassung; englische originalversion; engl ov; ov engl; en ov
bargain: bargain show; seance a prix reduit; vorstellung zum sparpreis; funcion a precio reducido
sold_out: sold out; soldout; complet; complete; ausverkauft; agotado; agotadas; agotada; entradas agotadas; localidades agotadas; sold
"""

# A tag that holds only in one of these languages; elsewhere the letters are an ordinary word (Conventions 5).
_TAG_LANGUAGES = {
    "df": "de",
    "ov": "de",
    "ve": "es",
    "complete": "fr",
    "cast": "es",
    "dob": "es",
    "castellano": "es",
    "sub": "es",
    "avance": "es",
    "vorschau screening": "de",
}
# Letters that are a tag only in capitals.
_CAPITAL_TAGS = {"oc", "cc", "ad", "vo", "vf", "df", "ov", "ve", "sme", "vos", "hoh", "avp", "sdh", "subs"}

_COMMON = """
TAG=OC: oc
TAG=CC: cc
TAG=AD: ad
TAG=-: 2d; dcp; imax; digital; atmos; dolby atmos; 4k; 2k; dolby
TBA: tba; tbc; tbd; tba later
AND: and; +
"""

_EN = """
DAILY: daily; every day; each day; all week; all week long; all days; seven days; seven days a week; 7 days a week; 7 days; every day of the week
NIGHTLY: nightly; every night; each night; every evening; evenings nightly; all nights
WEEKEND: weekend; weekends; week end; this weekend
WEEKDAYS: weekdays; weekday; weeknights; week nights; midweek; weeknight
RANGE=until: through; thru; thro; thur to; until; till; til; up to and including; through to
RANGE: to
AND: and; plus
OR: or
EXCEPT: except; ex; excluding; excl; except for; exc; excepting; bar
NO: no; not; but not; no show; no shows; no showing; no showings; no screening; no screenings; no performance; no performances; minus; without the
CANCELLED: cancelled; canceled; is cancelled; is canceled; has been cancelled; has been canceled; are cancelled; are canceled; off
CLOSED: closed; we are closed; theater closed; theatre closed; cinema closed; dark; no films; no movies; no movie; no film; house dark; we are dark; closed for private event
OPENS: opens; opening; starts; starting; begins; beginning; opens on; commences
ENDS: ends; ending; final day; last day; closes; must end; must close; ends on; last show; final show; final shows; last shows; last screening; final screening; held thru; held through
FROM: from
ONLY: only; instead; one night only; one day only; one show only; one screening only
ALSO: also; additional; extra; added; addl; additionally
AT: at; from the time of; @
TBA: tba; time tba; times tba; showtimes tba; time tbc; times tbc; time tbd; times tbd; showtimes tbd; to be announced; to be confirmed; time to be announced; times to be announced; time to be confirmed; times to be confirmed; call for times; call for showtimes; call for time; check for times; check website for times; check website; see website; see website for times; times to follow; times to come; showtimes coming soon; showtimes to come; times coming soon; showtime coming soon; showtimes to follow; times vary; various times; at dusk; dusk; at sundown; sundown; sunset; at sunset; after dark; at dark; nightfall; at nightfall; time to follow
MORNING: morning; mornings
EVENING: evening; evenings; afternoon; afternoons; tonight
NIGHT: night; nights
LATE: late show; late shows; late night; late nights; late; late nite; latenight; late screening; late night show; midnight movie; midnight movies; midnight show; midnight shows; midnight screening; midnight screenings; midnight madness; midnighter; after midnight; late late show; second feature; 2nd feature
AM: kids; kid; kids club; childrens; children; brunch; breakfast; toddler; toddlers; toddler time; tots; coffee; cartoon; cartoons; kids show; family
MATINEE: matinee; matinees; mat; mats; matinee showing; matinee show; bargain matinee; bargain matinees; senior matinee
NONSHOW: doors; doors open; doors at; gates; gates open; gates at; box office; box office opens; box office open; boxoffice; opens at the door; cafe; bar; bar opens; bar open; lobby; lobby opens; kitchen; kitchen opens; concessions; dinner; dinner served; cocktails; cocktail hour; drinks; reception; happy hour; social hour; meet and greet; pre show; preshow; pre show music; live music; trailers; discussion at; music at; organ music; mixer; party; after party; afterparty; office hours; trivia; food trucks; food truck; parking; morning tea; afternoon tea; high tea; coffee morning; coffee and cake; tea and coffee; lunch; supper; refreshments; barbecue; bbq; catering; wine reception; wine and cheese; workshop; lecture; concert
BEFORE: before; until; prior to; after; by
SHOW: show; shows; showing; showings; showtime; showtimes; screening; screenings; screens; movie; movies; film; films; feature; features; performance; performances; film starts; movie starts; show starts; film at; movie at; film begins; movie begins; show time; show times; times; time; presentation; presentations; session; sessions; programme; program; program starts
ALLSHOWS: all shows; all showings; all screenings; all performances; all times; all films; all movies; every show; every screening; every performance; every film; all sessions; all showtimes; all features; at all performances; at all screenings; at all shows; for all shows; for all performances; for all screenings; on all performances; on all screenings; shows at; screenings at; all start at; all start; films start at; all films start at; all films begin at; show starts at; shows start at; screenings begin at; all screenings start; all screenings begin; all films start; all shows start; all shows begin; films begin at; movies start at; movies begin at; unless noted; unless otherwise noted
COMING: coming soon; opens next week; coming up; next week; starts next week; starting next week; opening next week; upcoming; coming attractions; coming; next attraction; next; next up; watch for; on the way; future attractions
NOON: noon; midday; 12 noon; noontime
MIDNIGHT: midnight; midnite; 12 midnight; 12 mid
DOUBLE: double feature; double bill; double header; triple feature; triple bill; marathon; all night marathon; double-bill; dusk to dawn
HOLIDAY=w0: labor day; labour day; memorial day; presidents day; mlk day; martin luther king day; columbus day; bank holiday monday; easter monday; victoria day
HOLIDAY=w3: thanksgiving; thanksgiving day; maundy thursday
HOLIDAY=w4: good friday; black friday
HOLIDAY=w6: easter sunday; mothers day; mother s day; fathers day; father s day
HOLIDAY=7-4: independence day
HOLIDAY=3-17: st patricks day; st patrick s day
HOLIDAY: veterans day; bank holiday; easter; canada day; civic holiday; anzac day; australia day; holiday; holidays; public holiday
HOLIDAY=12-25: christmas day; xmas day; christmas; xmas
HOLIDAY=12-24: christmas eve; xmas eve
HOLIDAY=12-26: boxing day; st stephens day; st stephen s day
HOLIDAY=12-31: new years eve; new year s eve
HOLIDAY=1-1: new years day; new year s day
HOLIDAY=2-14: valentines day; valentine s day
HOLIDAY=10-31: halloween
WITH: with; w; by; featuring; feat; hosted by; host; starring; stars; introduces; presents; plus guest; guest; guests; director; filmmaker; filmmakers; producer; actor; composer; organist; professor; prof; dr; members of; feat; ft; by request
CREDIT: directed by; dir; director; written by; produced by; runtime; running time; rated; rating; cert; certificate; from the director; language; genre; cast; country; format; screen; format; country; year; synopsis
CHANGED: moves; moved; has moved; moves to; moved to; is now at; now at; rescheduled; postponed; changed; changed to; changes to; instead of; was; swapped; pushed back; brought forward
PROSE: join; join us; please; please join us; please note; see you; see you at; come; come see; come and see; enjoy; celebrate; visit; do not miss; don t miss; we are; we re; we will; we ll; there will be; thank you; thanks; hello; hi; hi all; dear; here s; here is; buy; get; bring; stay; meet; welcome to; check out
LABEL: special; specials; senior; seniors; member; members; students; student; adult; adults; free; admission; tickets; ticket; encore; event; events; advance; premiere; advanced; opening; night; day; days; week; the week; this week; now; now playing; now showing; playing; held over; holdover; held; over; hold over; first; second; third; final; last; chance; last chance; one; two; single; return; returns; returning; back; by popular demand; new; exclusive; engagement; limited; in; of; for; on; the; a; an; our; is; are; will; be; it; as; its; has; have; you; we; us; this; that; these; your; all; each; every; more; plays; runs; screens; shown; continues; continuing; s; live; shadowcast; print; prints; new print; restored; restoration; remastered; anniversary; presentation; original; uncut; director s cut; directors cut; extended; cut; version; edition; format; regular; standard; discount; bargain; price; prices; cheap; dollar; doors; weekly; schedule; schedules; listings; listing; showtimes for; titles; title; date; hosted; online; available; at the; hours; via; same; starts; theater; theatre; cinema; screen; auditorium; upstairs; downstairs; main; hall; ladies; singalong; sing along; karaoke; quote along; dance along; subtitles; english; french; german; spanish; italian; japanese; korean; polish; swedish; danish; mandarin; cantonese; hindi; persian; arabic; russian; portuguese; in english; in french; followed; follows; following; before; after; between; pm; am; hr; hrs; hour; min; mins; minutes; closing; closes; intermission; interval; includes; included; incl; including; with intermission; welcome; please; note; notes; nb; and then; then; tonight only; today; tomorrow; intimate; school; holiday; half term; summer; winter; spring; autumn; fall; festival; club; series; classic; classics; cult; cine; shorts; short; docs; documentary; docs; nt; ntlive; via satellite
"""

_FR = """
DAILY: tous les jours; ts les jours; ts les jrs; tlj; t l j; tous les soirs; chaque jour; chaque soir; toute la semaine; quotidiennement; ts les soirs; tous les jrs
WEEKEND: week end; weekend; we; le week end; ce week end
WEEKDAYS: en semaine; semaine; jours ouvres; jours ouvrables
RANGE=until: jusqu au; jusqu a; jusquau; jusqua; jusque; jusqu
RANGE: au; a
AND: et; puis; ainsi que
OR: ou; ou bien
EXCEPT: sauf; excepte; excepté; hors; a l exception de; a l exception du
NO: pas de seance; pas de seances; pas de projection; pas de; aucune seance; sans la seance; sans; pas la seance; sans la; sans celle
CANCELLED: annule; annulee; annulees; annules; est annulee; supprimee; supprime; est supprimee; seance annulee
CLOSED: ferme; fermee; fermeture; cinema ferme; salle fermee; fermeture du cinema; jour de fermeture; fermeture hebdomadaire
RELACHE: relache; pas de film
OPENS: sortie; a partir du; a partir de; des; a compter du; des le; commence; debut
ENDS: dernier jour; derniere; dernieres seances; derniere seance; derniers jours; se termine; fin
FROM: a partir du; a partir de; a partir; des le; depuis
ONLY: seulement; a la place; uniquement; seance unique; unique seance; une seule seance; exclusivement; une seance
ALSO: aussi; egalement; supplementaire; en plus; seance supplementaire; seances supplementaires
AT: a; vers; des
TBA: horaire a preciser; horaires a preciser; horaire a confirmer; horaires a confirmer; a confirmer; a preciser; horaire a venir; horaires a venir; horaires non communiques; heure a preciser; heure a confirmer; heure a venir; a la tombee de la nuit; tombee de la nuit; a la nuit tombee; nuit tombee; horaires prochainement; horaires bientot disponibles; horaires sur le site; voir site; consulter le site; a definir; horaire a definir; horaires a definir; au crepuscule; date a confirmer; horaire communique ulterieurement
MORNING: matin; matinee; le matin; en matinee
EVENING: soir; apres midi; le soir; l apres midi; en soiree; soiree; ce soir
NIGHT: nuit
LATE: seance de nuit; nocturne; seance nocturne; nuit du; dans la nuit; fin de soiree; minuit passe
AM: petit dejeuner; brunch; cine brunch; cine petit dejeuner; cine gouter; jeune public; cine mome; cine momes
NONSHOW: ouverture des portes; portes; ouverture; ouverture de la caisse; caisse; caisse ouverte; caisses; buvette; bar; accueil; accueil a; aperitif; apero; pot; repas; ouverture du cinema; buffet; degustation; accueil des; concert; atelier
BEFORE: avant; apres; jusqu a; des
SHOW: seance; seances; projection; projections; film; films; horaires; horaire; debut du film; debut du film a; debut de la seance; film a
ALLSHOWS: toutes les seances; tous les films; toutes les projections; toutes seances; seances a; toutes nos seances; les seances sont a; les seances ont lieu a; les seances commencent a; sauf mention contraire; sauf indication contraire; les films commencent a; les projections ont lieu a
COMING: prochainement; bientot; bientot a l affiche; la semaine prochaine; semaine prochaine; a venir; prochain film; prochains films; prochaines sorties; prochaine semaine
NOON: midi
MIDNIGHT: minuit
DOUBLE: double programme; double seance; double film; nuit du cinema; soiree double
HOLIDAY=w0: lundi de paques; lundi de pentecote
HOLIDAY=w6: dimanche de paques; dimanche de pentecote
HOLIDAY: jour ferie; ferie; feries; jours feries; paques; ascension; pentecote; toussaint; 14 juillet; armistice
HOLIDAY=12-25: noel; jour de noel
HOLIDAY=1-1: jour de l an
HOLIDAY=12-31: saint sylvestre
WITH: avec; par; presente; anime par; animee par; organise par; invite; invitee; invites; suivi de; suivie de; suivi du; suivi d un; suivi d une; precede de; propose par; proposee par
CREDIT: de; realise par; realisation; un film de; duree; genre; avec la voix; pays; interdit; tout public; version; langue; origine
CHANGED: deplacee; deplace; avancee; avance a; reportee; reporte; decalee; decale; au lieu de; remplacee; remplace
PROSE: venez; rejoignez; rejoignez nous; rendez vous; retrouvez; profitez; bonjour; chers; merci; nous; vous; n oubliez pas; decouvrez
LABEL: le; la; les; l; un; une; d; du; des; de; ce; cette; ces; en; au; aux; dans; sur; pour; plus; jour; jours; soir; soirs; sont; est; ont; lieu; s; c; entree; libre; entree libre; gratuit; gratuite; tarif; tarifs; unique; tarif unique; plein; reduit; reduits; special; speciale; evenement; evenements; sortie nationale; nationale; nouveaute; nouveau; derniere semaine; derniere chance; premiere; exceptionnelle; exceptionnel; jeunesse; enfants; scolaire; scolaires; senior; seniors; cine; club; cine club; coup de coeur; programme; programmation; semaine; semaine du; cinema; salle; grande; petite; numerique; restauree; restaure; copie; version restauree; reprise; prolongation; suite; festival; cycle; animation; court; metrage; courts; goutez; gouter; reservation; sans reservation; a l affiche; affiche; cette semaine; sourds; malentendants; francais; anglais; japonais; italien; allemand; espagnol; a; age; ans; partir; art; essai; minutes; min; mn; heure; heures; h; cine ma; scolaires
"""

_DE = """
DAILY: taglich; tagl; taglich um; tgl; taeglich; taegl; jeden tag; jeden abend; allabendlich; die ganze woche; alle tage; taglich ab; jeweils taglich
WEEKEND: wochenende; am wochenende; we; wochenenden; dieses wochenende
WEEKDAYS: werktags; wochentags; werktaglich; unter der woche; an werktagen; werktage; wochentage
RANGE=until: bis; bis einschliesslich; bis einschl; bis inkl; bis einschliesslich zum; bis zum
AND: und; u; sowie; plus
OR: oder; bzw
EXCEPT: ausser; aufgenommen; ausgenommen; ohne; bis auf; aussser; ausg; auss; ausgen
NO: nicht; aber nicht; keine vorstellung; keine vorstellungen; kein film; kein; keine; entfallt die; nicht um; nicht am; ohne die
CANCELLED: entfallt; fallt aus; entfallen; abgesagt; gestrichen; fallen aus; ist abgesagt; faellt aus; entfaellt
CLOSED: geschlossen; kino geschlossen; ruhetag; spielfrei; kein kino; geschl; kino zu; bleibt geschlossen; keine kinovorstellung
RELACHE: keine vorstellung des films
OPENS: start; startet; ab; kinostart; filmstart; bundesstart; beginnt; neustart
ENDS: letzter tag; letztmals; letztmalig; letzte vorstellung; nur noch bis; noch bis; lauft bis; endet; lauft nur noch bis; letzte vorstellungen; letzter spieltag
FROM: ab; von; vom; seit
ONLY: nur; stattdessen; einmalig; einmalige vorstellung; ausschliesslich; nur noch; einmalig am
ALSO: auch; a; zusatzlich; zusatzl; zus; ausserdem; zusatzvorstellung; zusatzvorstellungen; und auch; sowie auch; zusatztermin
AT: um; jeweils; jeweils um; je; beginn; beginn um
TBA: uhrzeit folgt; zeiten folgen; uhrzeit steht noch nicht fest; noch offen; spielzeiten folgen; anfangszeiten folgen; anfangszeit folgt; wird noch bekannt gegeben; wird noch bekanntgegeben; zeit folgt; uhrzeit offen; uhrzeit noch offen; zeit offen; bei einbruch der dunkelheit; nach einbruch der dunkelheit; einbruch der dunkelheit; bei dammerung; zeiten auf anfrage; uhrzeit auf anfrage; termin folgt; n n; uhrzeit wird noch bekannt gegeben; zeiten in kurze; spielzeiten in kurze; siehe website; siehe homepage; uhrzeit n n
MORNING: vormittag; morgens; vormittags; morgen
EVENING: abend; abends; nachmittag; nachmittags; heute abend
NIGHT: nacht; nachts
LATE: spatvorstellung; spatvorstellungen; nachtvorstellung; nachtvorstellungen; spatschicht; mitternachtskino; mitternachtsvorstellung; late night; in der nacht; spatkino; spat
AM: matinee; fruhstuck; fruhstuckskino; brunch; kinderkino; filmfruhstuck; sonntagsmatinee; kinder; familienkino
NONSHOW: einlass; kasse; kasse ab; kassenoffnung; offnung; einlass ab; einlass um; bar; bar ab; cafe; foyer; sektempfang; empfang; saalenoffnung; saaloffnung; offnet; kasse offnet; vorprogramm; abendkasse; kassaoffnung; kassa
BEFORE: vor; bis; nach
SHOW: vorstellung; vorstellungen; film; filme; filmbeginn; filmstart um; vorstellungsbeginn; spielzeiten; spielzeit; anfangszeiten; beginn film; film um; hauptfilm; termine; termin
ALLSHOWS: alle vorstellungen; alle filme; alle termine; alle vorfuhrungen; beginn jeweils; beginn jeweils um; alle filme beginnen um; alle vorstellungen beginnen um; filmbeginn jeweils; filmbeginn jeweils um; alle filme um; sofern nicht anders angegeben; falls nicht anders angegeben; wenn nicht anders angegeben; vorstellungsbeginn jeweils; beginn immer; beginn immer um; alle vorstellungen um; jeweils um
COMING: demnachst; vorschau; in kurze; nachste woche; bald; kommt; bald im kino; demnachst im kino; ab nachster woche; nachste woche im programm; vorankundigung
NOON: mittags; mittag; 12 uhr mittags
MIDNIGHT: mitternacht; um mitternacht
DOUBLE: doppelprogramm; double feature; doppelvorstellung; filmnacht; kinonacht; lange nacht
HOLIDAY=w0: ostermontag; pfingstmontag
HOLIDAY=w4: karfreitag
HOLIDAY=w6: ostersonntag; pfingstsonntag
HOLIDAY: feiertag; feiertage; feiertags; ostern; pfingsten; himmelfahrt; christi himmelfahrt; fronleichnam; tag der deutschen einheit; nationalfeiertag; allerheiligen; reformationstag
HOLIDAY=12-25: 1 weihnachtstag; 1 weihnachtsfeiertag; weihnachten
HOLIDAY=12-26: 2 weihnachtstag; 2 weihnachtsfeiertag; stephanstag
HOLIDAY=12-24: heiligabend
HOLIDAY=12-31: silvester
HOLIDAY=1-1: neujahr; neujahrstag
WITH: mit; von; durch; prasentiert; prasentiert von; moderiert von; moderation; gast; gaste; regisseur; regisseurin; anschl; anschliessend
CREDIT: regie; r; d; darsteller; lange; land; dauer; laufzeit; drehbuch; fsk; ab; genre; kamera; buch; altersfreigabe
CHANGED: verschoben; verlegt; verschiebt; statt; anstatt; geandert; vorgezogen; jetzt um
PROSE: bitte; liebe; hallo; wir; besuchen sie; kommen sie; feiern sie; danke; willkommen; reservieren sie
LABEL: der; die; das; den; dem; des; ein; eine; einen; am; im; in; an; auf; zu; zum; zur; fur; mit; von; vom; bei; o; al; uhr; min; minuten; std; woche; wochen; spielwoche; letzte; letzten; erste; neu; neue; unser; unsere; ist; sind; wird; wegen; streik; sonder; sondervorstellung; sondervorstellungen; sonderveranstaltung; premiere; deutschlandpremiere; osterreichpremiere; open air; openair; eintritt; frei; eintritt frei; jahre; jahren; j; jugend; senioren; seniorenkino; kino; saal; programm; kinoprogramm; wochenprogramm; digital; fassung; deutsch; englisch; franzosisch; italienisch; spanisch; original; originalton; fassungen; wiederaufnahme; wiederholung; reihe; filmreihe; filmclub; schulkino; veranstaltung; hinweis; reservierung; ermassigt; preis; preise; kinotag; diese; s; e; freigegeben; empfohlen; sowie; danach; tag; tage; abendvorstellung; nachmittagsvorstellung; stunde; stunden
"""

_ES = """
DAILY: todos los dias; todos los dias a las; diario; diariamente; a diario; cada dia; todas las noches; toda la semana; diaria; todas las tardes; de lunes a domingo
WEEKEND: fin de semana; fines de semana; finde; el fin de semana
WEEKDAYS: entre semana; laborables; dias laborables; dias de semana; dias habiles
RANGE=until: hasta; hasta el; hasta las; hasta la
RANGE: a; al
AND: y; e; mas; asi como
OR: o; u; o bien
EXCEPT: excepto; salvo; menos; excepto el; excepto los; a excepcion de; a excepcion del; exc
NO: sin la de; sin la sesion; sin la sesion de; sin funcion; sin funciones; no hay funcion; no hay funciones; no hay sesion; no hay sesiones; no hay pase; sin; sin pase; sin sesion; sin la; sin la funcion; sin la funcion de; no hay; no habra funcion; sin la de las; sin las de; sin el pase; sin el pase de
CANCELLED: cancelada; cancelado; suspendida; suspendido; anulada; anulado; se cancela; se suspende; canceladas; suspendidas; queda suspendida; queda cancelada
CLOSED: cerrado; cerrada; cine cerrado; cerramos; cierre; cierra; cerrados; dia de descanso; descanso; permanecera cerrado; sala cerrada
RELACHE: no se proyecta; no se exhibe
OPENS: estreno; estrena; estrenos; se estrena; a partir de; a partir del; comienza; empieza; inicia
ENDS: ultimo dia; ultima funcion; ultimas funciones; ultima sesion; ultimos dias; termina; finaliza; ultimo pase
FROM: desde; desde el; a partir del; a partir de; partir
ONLY: solo; en su lugar; solamente; unicamente; unica funcion; funcion unica; sesion unica; unica sesion; pase unico; unico pase
ALSO: tambien; ademas; adicional; funcion adicional; sesion adicional; funcion extra
AT: a las; a la; alas; las; la de las
TBA: horario por confirmar; horarios por confirmar; por confirmar; hora por confirmar; horario a confirmar; horarios a confirmar; a confirmar; por definir; horario por definir; horarios por definir; consultar horarios; consultar horario; consulte horarios; horarios proximamente; al anochecer; anochecer; horario pendiente; hora pendiente; por determinar; hora por determinar; horario por determinar; a determinar; horario por anunciar; consultar cartelera; al caer la noche; al atardecer
MORNING: manana; por la manana; de la manana; mananas; por las mananas
EVENING: tarde; por la tarde; tardes; noche; por la noche; por las noches; esta noche; por las tardes
NIGHT: noches
LATE: madrugada; funcion de medianoche; sesion golfa; golfa; de madrugada; sesiones golfas; funcion trasnoche; funciones de trasnoche
AM: matinal; matinales; desayuno; infantil; infantiles; matine infantil; vermut
MATINEE: matine; matinee; dominical
NONSHOW: apertura; apertura de puertas; puertas; taquilla; taquillas; taquilla abre; apertura de taquilla; bar; cafeteria; abre; abren puertas; boleteria; recepcion; acceso; ingreso; coctel; vino de honor; concierto; taller
BEFORE: antes de; antes de las; despues de las; despues de; hasta las
SHOW: funcion; funciones; sesion; sesiones; pase; pases; proyeccion; proyecciones; pelicula; peliculas; horario; horarios; cinta
ALLSHOWS: todas las funciones; todas las sesiones; todos los pases; todas las proyecciones; todas las peliculas; funciones a las; sesiones a las; las funciones son a las; todas las funciones son a las; salvo indicacion contraria; todas las sesiones a las; las sesiones son a las
COMING: proximamente; muy pronto; pronto; proximos estrenos; proximo estreno; la proxima semana; proxima semana; semana proxima; avance de programacion; en breve
NOON: mediodia; medio dia; al mediodia; 12 del mediodia
MIDNIGHT: medianoche; media noche; a medianoche; a la medianoche; trasnoche; trasnoches; 12 de la noche
DOUBLE: programa doble; sesion doble; doble programa; funcion doble; maraton
HOLIDAY=w3: jueves santo
HOLIDAY=w4: viernes santo
HOLIDAY=w6: domingo de resurreccion; domingo de pascua
HOLIDAY: festivo; festivos; feriado; feriados; puente
HOLIDAY=12-25: navidad
HOLIDAY=12-24: nochebuena
HOLIDAY=12-31: nochevieja
HOLIDAY=1-1: ano nuevo
HOLIDAY=1-6: reyes
WITH: con; por; de; presenta; a cargo de; invitado; invitada; invitados; director; directora; del
CREDIT: dir; direccion; director; reparto; duracion; genero; clasificacion; calificacion; pais; de; guion; idioma
CHANGED: se adelanta; se retrasa; pasa a; pasa a las; en lugar de; en vez de; cambia; cambiada; cambiado; reprogramada; reprogramado; aplazada; aplazado; se aplaza
PROSE: ven; vengan; acompananos; acompanenos; no te pierdas; no se pierda; gracias; hola; estimados; los esperamos; te esperamos; os esperamos; disfruta
LABEL: el; la; los; las; un; una; unos; del; al; en; por; para; se; su; es; son; con; de; a; d; entrada; entradas; libre; entrada libre; gratis; gratuita; gratuito; precio; precios; especial; especiales; evento; dia del espectador; espectador; reposicion; reestreno; restaurada; restaurado; copia; copia restaurada; nueva; nuevo; semana; ultima semana; ultima; ultimo; cartelera; programacion; programa; ciclo; cine; cine club; cineclub; sala; grande; club; escolar; escolares; familiar; familiares; horas; hora; hs; hrs; h; minutos; min; dia; dias; dominical; formato; digital; version; espanol; espanola; castellano; ingles; frances; original; festival; ano; anos; todo publico; apta; mayores; boletos; boleto; estreno; y; tarde; vez; tercera; edad; socios; estudiantes; a beneficio; continua; continuan; nacional; premiere
"""

_LANGUAGES = {"en": _EN, "fr": _FR, "de": _DE, "es": _ES}

# Conventions 1.11: the trade's short day names. Marked "!": taken for a day only beside another day, a date, a time or a tag.
_DAYS = {
    "en": "mon mo! m! mons mondays; tue tues tu! tuesdays tus; wed weds w! we! wedn wednes wednesdays; thu thur thurs th! thursdays thr; fri f! fr! fridays; sat sa! sats saturdays; sun su! suns sundays",
    "fr": "lun lu! lundis; mar ma! mardis; mer me! merc mercr mercredis; jeu je! jeud jeudis; ven ve! vend vendr vendredis; sam sa! samedis; dim di! dimanches",
    "de": "mo! mon mont montags; di! dien diens dienst dienstags; mi! mit mitt mittw mittwochs; do! don donn donnerst donnerstags; fr! fre freit freitags; sa! sam samst samstags sonnabend sonnabends; so! sonn sonnt sonntags",
    "es": "lun lu! l!; mar ma! m!; mie mi! mier x!; jue ju! j!; vie vi! v! viern; sab sa! s! sabados; dom do! d! domingos",
}
_MONTHS = {
    "en": "jan; feb febr; mar; apr; may; jun; jul; aug; sep sept; oct; nov; dec",
    "fr": "jan janv; fev fevr; mars; avr; mai; juin; juil juill; aout; sep sept; oct; nov; dec",
    "de": "jan jan janner janner; feb feber; mar marz maerz mrz; apr; mai; jun juni; jul juli; aug; sep sept; okt; nov; dez",
    "es": "ene; feb; mar; abr; may; jun; jul; ago; sep sept set setiembre; oct; nov; dic",
}

# Conventions 1.9: month first in the United States and Canada, day first everywhere else.
_MONTH_FIRST = {"en_US", "en_CA"}

_WORD = re.compile(r"[^\W\d_]+|\d+|[&+@]")


@dataclass(frozen=True)
class Sense:
    """What a phrase means: a kind for the grammar and a value for that kind."""

    kind: str
    value: str = ""
    capitals: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """The words of one locale.

    `phrases` maps a first word to (words, senses) pairs, longest first; one phrase can have several senses
    (French "à" joins a range and precedes a time). `days` maps a word to (weekday, is weak), Monday = 0.
    """

    language: str
    territory: str
    phrases: dict[str, list[tuple[tuple[str, ...], tuple[Sense, ...]]]]
    days: dict[str, tuple[int, bool]]
    months: dict[str, int]
    day_names: dict[str, int]
    month_first: bool

    @property
    def clock12(self) -> bool:
        """Conventions 2.1: English listings are read on a 12-hour clock unless they show otherwise."""
        return self.language == "en"


def words_of(text: str) -> tuple[str, ...]:
    """The comparable words of a phrase: lower case, no accents, no punctuation but & + @."""
    return tuple(_WORD.findall(plain_words(text).lower()))


def _rows(table: str) -> list[tuple[str, str]]:
    joined = re.sub(r"\n {4,}", " ", table.strip())
    return [(head.strip(), body) for head, _, body in (row.partition(":") for row in joined.splitlines())]


def _senses(language: str) -> list[tuple[tuple[str, ...], Sense]]:
    found: list[tuple[tuple[str, ...], Sense]] = []
    for tag, body in _rows(_TAGS):
        for phrase in filter(None, map(str.strip, body.split(";"))):
            if _TAG_LANGUAGES.get(phrase, language) == language:
                found.append((words_of(phrase), Sense("TAG", tag, phrase in _CAPITAL_TAGS)))
    for head, body in (*_rows(_COMMON), *_rows(_LANGUAGES[language])):
        kind, _, value = head.partition("=")
        for phrase in filter(None, map(str.strip, body.split(";"))):
            capital = kind == "TAG" and phrase in _CAPITAL_TAGS
            found.append((words_of(phrase), Sense(kind, value, capital)))
    return found


def _phrases(language: str) -> dict[str, list[tuple[tuple[str, ...], tuple[Sense, ...]]]]:
    by_words: dict[tuple[str, ...], list[Sense]] = {}
    for words, sense in _senses(language):
        senses = by_words.setdefault(words, [])
        if sense not in senses:
            senses.append(sense)
    table: dict[str, list[tuple[tuple[str, ...], tuple[Sense, ...]]]] = {}
    for words, senses in by_words.items():
        table.setdefault(words[0], []).append((words, tuple(senses)))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


def _day_table(language: str, locale: Locale) -> tuple[dict[str, tuple[int, bool]], dict[str, int]]:
    names: dict[str, int] = {}
    for number, name in get_day_names("wide", locale=locale).items():
        names[" ".join(words_of(name))] = number
    days = {name: (number, False) for name, number in names.items()}
    for number, group in enumerate(_DAYS[language].split(";")):
        for word in group.split():
            days[word.rstrip("!")] = (number, word.endswith("!"))
    return days, names


def _month_table(language: str, locale: Locale) -> dict[str, int]:
    months = {" ".join(words_of(name)): n for n, name in get_month_names("wide", locale=locale).items()}
    for number, group in enumerate(_MONTHS[language].split(";"), start=1):
        months.update(dict.fromkeys(group.split(), number))
    return months


@lru_cache(maxsize=32)
def vocabulary_for(locale: str) -> Vocabulary:
    """The vocabulary of a BCP 47 locale ("en-US", "fr-CH"). An unknown language is read as English."""
    try:
        parsed = Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        parsed = Locale.parse("en_GB")
    language = parsed.language if parsed.language in _LANGUAGES else "en"
    names = parsed if parsed.language == language else Locale.parse("en_GB")
    days, day_names = _day_table(language, names)
    return Vocabulary(
        language=language,
        territory=parsed.territory or "",
        phrases=_phrases(language),
        days=days,
        months=_month_table(language, names),
        day_names=day_names,
        month_first=f"{parsed.language}_{parsed.territory}" in _MONTH_FIRST,
    )
