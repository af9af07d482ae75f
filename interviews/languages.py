"""Words by which each language asks, answers and names the two sides of an interview."""

from dataclasses import dataclass


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


@dataclass(frozen=True)
class Language:
    """A language's small words: `common` to tell it by; `you` and `me` of address; what `asks` and what `replies`."""

    code: str
    common: frozenset[str]
    you: frozenset[str]
    me: frozenset[str]
    asks: frozenset[str]
    replies: frozenset[str]


ENGLISH = Language(
    "en",
    _set("the and of to in is that it was for with as on this but at by from have are not they"),
    _set("you your you're you've you'd you'll yours yourself"),
    _set("i i'm i've i'd i'll my me mine myself we we're we've we'd we'll our ours us"),
    _set(
        "what how why when where who which whose did do does is are was were can could would will have has had should "
        "tell talk describe explain speaking given so and after looking let's going congratulations"
    ),
    _set(
        "yes yeah yep no nope well oh absolutely definitely sure right exactly totally honestly thanks thank i i'm i've "
        "i'd my we it's that's um uh ah ha haha hmm not never both because look"
    ),
)
SPANISH = Language(
    "es",
    _set("el la los las de que y en un una es por con para no se lo del como más su"),
    _set("usted ustedes tú te ti tu tus vos vuestra vuestro su sus cree piensa siente os"),
    _set("yo me mi mis mí conmigo nosotros nos nuestra nuestro creo pienso quería quise tenía"),
    _set("qué cómo por cuál cuáles cuándo dónde quién cuánto en hay podría puede háblenos cuéntenos"),
    _set("sí no bueno pues claro exacto exactamente mira mire yo nunca siempre creo es"),
)
FRENCH = Language(
    "fr",
    _set("le la les de des et en un une est que qui dans pour pas sur au avec du ce il elle"),
    _set("vous votre vos toi tu ton tes avez êtes"),
    _set("je j'ai j'avais j'étais me moi mon ma mes nous notre nos j'aime"),
    _set(
        "comment pourquoi quel quelle quels quelles quand où qui que qu'est est avez pouvez parlez racontez êtes"
    ),
    _set("oui non bien je j'ai j'avais absolument exactement c'est c'était ah eh voilà tout"),
)
GERMAN = Language(
    "de",
    _set("der die das und ist nicht ein eine zu in den von mit sich auf für dem im auch es"),
    _set("sie ihr ihre ihren ihnen ihrem du dein deine dich dir euch"),
    _set("ich mir mich mein meine meinen meinem wir uns unser unsere"),
    _set("was wie warum wann wo wer welche welcher welches woher haben hatten sind ist war können wieso gab"),
    _set("ja nein nun ach genau natürlich also doch ich absolut klar es das"),
)
ITALIAN = Language(
    "it",
    _set("il la di che e in un una per non è con del della sono i gli le da si come"),
    _set("lei tu suo sua tuo tua voi vostro le ti"),
    _set("io mi me mio mia miei noi nostro nostra ci ho ero avevo volevo"),
    _set("cosa come perché quando dove chi quale quali che qual ha è può"),
    _set("sì no beh certo esatto assolutamente io guarda ah"),
)
PORTUGUESE = Language(
    "pt",
    _set("o a os as de que e em um uma é por com para não se do da no na"),
    _set("você vocês seu sua seus suas te tu"),
    _set("eu me meu minha meus mim nós nosso nossa queria estava fui"),
    _set("o como por qual quais quando onde quem que você"),
    _set("sim não bem claro exatamente olha eu acho é"),
)
CHINESE = Language(
    "zh",
    _set("的 是 了 在 有 不 这 那 和 就 也 都"),
    _set("你 您"),
    _set("我"),
    _set("请 您 你 为 怎 什 如 那"),
    _set("我 是 对 其 没 不 嗯"),
)
JAPANESE = Language(
    "ja",
    _set("の に は を た が で て と し れ さ す ま"),
    _set("貴"),
    _set("私 僕 俺"),
    _set("ど な い 今"),
    _set("そ は い え 私 僕 実"),
)
ARABIC = Language(
    "ar",
    _set("في من على أن إلى هذا التي الذي عن كان ما مع لم هذه لا"),
    _set("أنت لك لديك فيلمك عملك برأيك بك عليك كنت"),
    _set("أنا لي عندي كنت أردت أعتقد نحن لدينا لنا فيلمي"),
    _set("ما ماذا كيف لماذا هل متى أين من لم حدثنا"),
    _set("نعم لا أنا بالطبع بالتأكيد في أعتقد"),
)
RUSSIAN = Language(
    "ru",
    _set("и в не на что с я он как это по но они мы из за"),
    _set("вы вас вам ваш ваша ваше ваши вами ты тебе твой"),
    _set("я мне меня мой моя мы нас нам наш"),
    _set("как что почему когда где кто какой какие какая зачем вы расскажите"),
    _set("да нет ну конечно я мы абсолютно это"),
)
LANGUAGES = (ENGLISH, SPANISH, FRENCH, GERMAN, ITALIAN, PORTUGUESE, CHINESE, JAPANESE, ARABIC, RUSSIAN)

# Names of the one who asks and the one who is asked, as printed for labels, in lower case.
ASKERS = frozenset(
    [
        "interviewer",
        "the interviewer",
        "question",
        "questions",
        "host",
        "moderator",
        "reporter",
        "journalist",
        "presenter",
        "anchor",
        "audience",
        "audience member",
        "audience question",
        "chairman",
        "the chairman",
        "chairwoman",
        "the chairwoman",
        "chair",
        "the chair",
        "chairperson",
        "entrevistador",
        "entrevistadora",
        "pregunta",
        "periodista",
        "moderador",
        "moderadora",
        "frage",
        "interviewerin",
        "moderatorin",
        "redaktion",
        "journaliste",
        "intervieweur",
        "question du public",
        "animateur",
        "domanda",
        "intervistatore",
        "pergunta",
        "entrevistador(a)",
        "记者",
        "記者",
        "主持人",
        "采访者",
        "採訪者",
        "提问",
        "问",
        "問",
        "观众",
        "インタビュアー",
        "聞き手",
        "質問",
        "司会",
        "編集部",
        "س",
        "سؤال",
        "السؤال",
        "المحاور",
        "المذيع",
        "الصحفي",
        "вопрос",
        "корреспондент",
        "журналист",
        "ведущий",
        "интервьюер",
    ]
)
ASKED = frozenset(
    [
        "answer",
        "answers",
        "interviewee",
        "guest",
        "respuesta",
        "entrevistado",
        "entrevistada",
        "antwort",
        "réponse",
        "reponse",
        "risposta",
        "resposta",
        "答",
        "回答",
        "受访者",
        "ج",
        "جواب",
        "الجواب",
        "الإجابة",
        "ответ",
        "гость",
    ]
)
QUESTION_WORDS = frozenset(
    [
        "question",
        "questions",
        "pregunta",
        "frage",
        "domanda",
        "pergunta",
        "提问",
        "问",
        "問",
        "質問",
        "س",
        "سؤال",
        "السؤال",
        "вопрос",
    ]
)
LETTER_PAIRS = (
    ("q", "a"), ("p", "r"), ("f", "a"), ("q", "r"), ("d", "r"), ("v", "a"), ("в", "о"), ("問", "答"), ("问", "答"),
    ("س", "ج"), ("s", "c"), ("k", "v"), ("i", "a"),
)  # fmt: skip

ROLE_WORDS = _set(
    "director filmmaker co-director documentarian actor actress writer screenwriter producer cinematographer composer "
    "editor artist author journalist photographer novelist playwright animator star helmer auteur comedian creator "
    "director-writer writer-director cineasta directora realizador realizadora réalisateur réalisatrice cinéaste "
    "regisseur regisseurin filmemacher filmemacherin regista schauspieler schauspielerin actriz acteur actrice montadora kameramann kamerafrau autor autorin produzent produzentin cutterin komponist "
    "komponistin drehbuchautor drehbuchautorin künstler künstlerin filmkomponist intendant intendantin"
)
PARTICLES = _set("de da del della di du des dos van von der den ter bin ben ibn al el la le y e af av zu")
MONTHS = _set(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre januar februar märz juni juli "
    "oktober dezember gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre janeiro fevereiro março "
    "maio junho julho setembro outubro novembro dezembro"
)
WEEKDAYS = _set(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun lunes martes "
    "miércoles jueves viernes sábado domingo lundi mardi mercredi jeudi vendredi samedi dimanche montag dienstag "
    "mittwoch donnerstag freitag samstag sonntag"
)


def language_of(words: list[str]) -> Language:
    """The language whose small words occur most among the first 1,500 words; English where none does."""
    sample = words[:1500]
    counts = {language: sum(word in language.common for word in sample) for language in LANGUAGES}
    best = max(LANGUAGES, key=lambda language: counts[language])
    return best if counts[best] else ENGLISH
