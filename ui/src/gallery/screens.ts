/** Every screen of the resident's window in every state, with made-up residents and the longest values there are. */
import type { ResidentAsk, ResidentQuestion, ResidentScreen, ResidentView } from "../door/generated/door";
import { plain } from "../design/said";
import { LACKING, LANGUAGES, LONG_JAPANESE, LONG_LATIN } from "./samples";
import { type Pack, windowWords } from "./texts";

/** Made-up people stand where a text names somebody. */
const named = (text: string) => text.replaceAll("{name}", "見本 花子");

/** A text of the pack in a language, with the Japanese where that is another. */
function asked(pack: Pack, lang: string, id: string) {
  const ja = named(pack["ja"]?.[id] ?? id);
  return { text: named(pack[lang]?.[id] ?? ja), ja: lang === "ja" ? "" : plain(ja) };
}

function questionsFor(pack: Pack, lang: string): Record<string, ResidentScreen> {
  const question = (over: Partial<ResidentQuestion>): ResidentQuestion => ({
    fact: "any_pregnant",
    person: null,
    person_name: null,
    type: "yes-no",
    ...asked(pack, lang, "question.any_pregnant"),
    choices: [],
    pad: "none",
    ...over,
  });
  const ask = (over: Partial<ResidentAsk>, ...questions: ResidentQuestion[]): ResidentScreen => ({
    kind: "questions",
    asks: [
      {
        id: "a",
        kind: "one",
        number: "142",
        ...asked(pack, lang, "question.any_pregnant"),
        why: asked(pack, lang, "question.any_pregnant.why").text,
        questions,
        ...over,
      },
    ],
    answered: 0,
  });
  const rows = ["any_pregnant", "any_disability", "any_medical", "any_care", "any_income_none"].map((fact) =>
    question({ fact, ...asked(pack, lang, `question.${fact}.short`) }),
  );
  return {
    "yes-no": ask({}, question({})),
    person: ask(
      { kind: "people" },
      question({ person: "p1", person_name: LONG_JAPANESE }),
      question({ person: "p2" }),
    ),
    choice: ask(
      { number: "88", ...asked(pack, lang, "question.job_loss_code") },
      question({
        type: "choice",
        ...asked(pack, lang, "question.job_loss_code"),
        choices: ["none", "11", "12", "21", "31", "34", "other", "not_yet"].map((id) => ({
          id,
          ...asked(pack, lang, `choice.job_loss_code.${id}`),
        })),
      }),
    ),
    checklist: ask({ kind: "checklist", number: "51", ...asked(pack, lang, "group.quiet") }, ...rows),
    phone: ask(
      { number: "9", ...asked(pack, lang, "question.phone"), why: "" },
      question({ fact: "phone", type: "text", pad: "digits", ...asked(pack, lang, "question.phone") }),
    ),
    day: ask(
      { number: "143", ...asked(pack, lang, "question.due_date") },
      question({ fact: "due_date", type: "date", ...asked(pack, lang, "question.due_date") }),
    ),
  };
}

/** The screens in a language, by name. */
export function screensFor(pack: Pack, lang: string): Record<string, ResidentScreen> {
  const name = { label: "氏名", text: "見本 太郎", shape: LACKING };
  const home = {
    label: "住所",
    text: "みほん県みほん市見本町一丁目２番３号　みほんハイツ１０１号室",
    shape: null,
  };
  const day = { label: "生年月日", text: "昭和25年4月1日（1950年4月1日）", shape: null };
  const confirm = (
    ...items: { label: string; text: string; shape: typeof LACKING | null }[]
  ): ResidentScreen => ({
    kind: "confirm",
    document: "mynumber",
    items,
  });
  const title = (id: string) => {
    const { text, ja } = asked(pack, lang, `procedure.${id}`);
    return { title: text, ja };
  };
  return {
    welcome: { kind: "welcome" },
    working: { kind: "working", step: "questions", saying: null },
    saying: {
      kind: "working",
      step: "questions",
      saying: {
        number: "17",
        ja: "引っ越した日はいつですか",
        said: asked(pack, lang, "question.move_date").text,
        lang,
        draft: lang !== "ja",
      },
    },
    pin: { kind: "pin", tries_left: 3, wrong_before: false },
    "pin-wrong": { kind: "pin", tries_left: 2, wrong_before: true },
    "pin-last": { kind: "pin", tries_left: 1, wrong_before: true },
    reading: { kind: "reading" },
    confirm: confirm(name, home, day, { label: "性別", text: "男", shape: null }),
    "confirm-latin": confirm({ label: "氏名", text: LONG_LATIN, shape: null }, home, day),
    "confirm-long": confirm({ label: "氏名", text: LONG_JAPANESE, shape: null }, home, day),
    ...questionsFor(pack, lang),
    trouble: { kind: "trouble", error: { code: "card-removed", details: {} } },
    list: {
      kind: "list",
      entries: [
        {
          ...title("juki.tennyu"),
          state: "done",
          people: ["見本 太郎", "見本 花子"],
          deadline: "",
          office: "市民課",
          bring: [],
        },
        {
          ...title("kokuho.shutoku"),
          state: "here",
          people: ["見本 太郎"],
          deadline: "",
          office: "保険年金課",
          bring: [],
        },
        {
          ...title("jidoteate.nintei"),
          state: "later",
          people: [LONG_JAPANESE],
          deadline: "12月4日（金）まで",
          office: "子育て支援課　2階5番",
          bring: ["本人の通帳", "健康保険の資格が分かるもの"],
        },
        {
          ...title("inu.henko"),
          state: "may",
          people: [],
          deadline: "11月14日まででした",
          office: "環境課",
          bring: [],
        },
      ],
    },
    "list-empty": { kind: "list", entries: [] },
    papers: { kind: "papers", papers: 6, signatures: 4 },
    "papers-unsigned": { kind: "papers", papers: 2, signatures: 0 },
    thanks: { kind: "thanks" },
  };
}

/** The whole view of a screen. */
export function viewOf(
  pack: Pack,
  screen: ResidentScreen,
  lang: string,
  display: ResidentView["display"],
): ResidentView {
  return {
    municipality: "みほん市",
    demo: true,
    practice: false,
    lang,
    langs: LANGUAGES.map(({ tag, name }) => ({ id: tag, text: name })),
    display,
    texts: windowWords(pack, lang),
    texts_ja: lang === "ja" ? {} : windowWords(pack, "ja"),
    draft: !lang.startsWith("ja"),
    progress: { step: 3, of: 7, questions_left: 4 },
    called: false,
    screen,
  };
}
