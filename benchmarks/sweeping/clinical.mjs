// Two processes, each half of the members; only the engine's own work is timed. Prints the seconds of the slower one.
import { fork } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import cql from "cql-execution";

const given = JSON.parse(readFileSync("given.json", "utf8"));
const nobody = { currentPatient: () => undefined, nextPatient: () => undefined };

async function half(first, last) {
  const executor = new cql.Executor(new cql.Library(given.library));
  const told = given.rows.slice(first, last).map((row) => ({ M: Object.fromEntries(row.map((each, at) => [`c${at}`, each])) }));
  const answers = [];
  const begun = performance.now();
  for (const each of told) {
    const found = (await executor.withParameters(each).exec(nobody)).unfilteredResults;
    answers.push(given.programmes.map((name) => (found[name] === null ? 1 : found[name] ? 2 : 0)));
  }
  process.send({ seconds: (performance.now() - begun) / 1000, answers });
}

if (process.argv[2]) {
  await half(Number(process.argv[2]), Number(process.argv[3]));
} else {
  const middle = Math.floor(given.rows.length / 2);
  const told = await Promise.all(
    [[0, middle], [middle, given.rows.length]].map(
      (range) => new Promise((done) => fork(process.argv[1], range.map(String)).once("message", done)),
    ),
  );
  writeFileSync("answers.json", JSON.stringify(told.flatMap((each) => each.answers)));
  console.log(Math.max(...told.map((each) => each.seconds)));
}
