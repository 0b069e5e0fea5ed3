// SPDX-License-Identifier: Apache-2.0
//
// phiwire: the command line. This file turns arguments into flags and nothing
// else; each verb is a .h/.cc pair beside it. CLI11 is included here only,
// because it takes ten seconds to compile.

#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "apps/cli/analyze.h"
#include "apps/cli/attack_cmd.h"
#include "apps/cli/audit_cmd.h"
#include "apps/cli/deid.h"
#include "apps/cli/diagnostics.h"
#include "apps/cli/eval_cmd.h"
#include "apps/cli/exit_code.h"
#include "apps/cli/explain.h"
#include "apps/cli/fit.h"
#include "apps/cli/hl7_cmd.h"
#include "apps/cli/keygen.h"
#include "apps/cli/output_file.h"
#include "apps/cli/policy_cmd.h"
#include "apps/cli/profile_cmd.h"
#include "apps/cli/reidentify.h"
#include "apps/cli/rules_cmd.h"

namespace phiwire::cli {
namespace {

// The verb that was named, to be run once everything is parsed.
using Chosen = std::function<int()>;

// Asked for by --format.
constexpr const char* kFormats =
    "auto, text, log, hl7, csv, fixed, ndjson, fhir, ccda, x12, html, rtf "
    "or markdown";

std::size_t DefaultJobs() {
  return std::max<std::size_t>(1, std::thread::hardware_concurrency());
}

void AddEngineFlags(CLI::App* verb, EngineFlags* flags) {
  verb->add_option("--policy", flags->policy,
                   "policy: a built-in name or a YAML file")
      ->capture_default_str();
  verb->add_option("--key", flags->key,
                   "key for keyed anonymizers: a file, fd:N or env:NAME");
  verb->add_option("--vault", flags->vault,
                   "SQLite file that keeps random tokens");
  verb->add_option("--sensitivity", flags->sensitivity,
                   "strict, balanced or precise");
  verb->add_option("--rules", flags->rules,
                   "folder with rules of the site (may be repeated)")
      ->allow_extra_args(false);
  verb->add_option("--roster", flags->roster, "CSV file of known patients");
  verb->add_option("--columns", flags->columns,
                   "column map of tables, from phiwire profile");
  verb->add_option("--weights", flags->weights, "weights from phiwire fit");
}

void AddInputFlags(CLI::App* verb, std::vector<std::string>* paths,
                   std::string* encoding, bool* show_paths) {
  verb->add_option("PATH", *paths, "files, folders, or - for standard input");
  verb->add_option("--encoding", *encoding,
                   "auto, utf-8, utf-16, windows-1252, iso-8859-1, ...")
      ->capture_default_str();
  verb->add_flag("--show-paths", *show_paths,
                 "print paths as they are, PHI and all");
}

void AddJobs(CLI::App* verb, std::size_t* jobs) {
  *jobs = DefaultJobs();
  verb->add_option("-j,--jobs", *jobs, "threads")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
}

CLI::App* AddVerb(CLI::App* app, const char* name, const char* what,
                  const char* examples, Chosen run, Chosen* chosen) {
  CLI::App* verb = app->add_subcommand(name, what);
  verb->footer(examples);
  verb->final_callback([run, chosen] { *chosen = run; });
  return verb;
}

void AddDeid(CLI::App* app, Chosen* chosen) {
  const auto flags = std::make_shared<DeidFlags>();
  CLI::App* verb = AddVerb(
      app, "deid", "Remove PHI from files, folders or a pipe",
      "Examples:\n"
      "  phiwire deid note.txt > clean.txt\n"
      "  phiwire deid notes/ -o clean/ --jobs 8\n"
      "  phiwire deid notes/ -o clean/ --resume\n"
      "  phiwire deid export.ndjson.gz -o clean.ndjson.gz\n"
      "  phiwire deid feed.hl7 --policy site.yaml --key site.key -o out.hl7\n"
      "  tail -f app.log | phiwire deid --format log",
      [flags] { return RunDeid(*flags); }, chosen);
  AddInputFlags(verb, &flags->paths, &flags->encoding, &flags->show_paths);
  verb->add_option("--format", flags->format, kFormats)->capture_default_str();
  verb->add_option("-o,--output", flags->output,
                   "output file; a folder for several inputs");
  verb->add_option("--subject", flags->subject,
                   "patient id of inputs that don't say it");
  verb->add_option("--audit", flags->audit,
                   "audit log to append to; nothing comes out unrecorded");
  verb->add_flag("--keep-names", flags->keep_names,
                 "keep file names even if they hold PHI");
  verb->add_flag("--resume", flags->resume,
                 "go on with a folder: leave alone what is done and unchanged");
  verb->add_option("--quarantine", flags->quarantine,
                   "list of what was refused or removed (TSV, no content)");
  verb->add_flag("--summary", flags->summary,
                 "counts and speed at the end, on standard error");
  // For tests: outputs must not depend on it.
  verb->add_option("--block-bytes", flags->block)
      ->check(CLI::Range(1, 1 << 30))
      ->group("");
  AddJobs(verb, &flags->jobs);
  AddEngineFlags(verb, &flags->engine);
}

void AddAnalyze(CLI::App* app, Chosen* chosen) {
  const auto flags = std::make_shared<AnalyzeFlags>();
  CLI::App* verb = AddVerb(
      app, "analyze", "Print findings as JSON lines",
      "Examples:\n"
      "  phiwire analyze note.txt\n"
      "  phiwire analyze --jsonl corpus.jsonl --offsets byte > spans.jsonl\n"
      "Each line of --jsonl is {\"id\",\"text\"}, each line of the output\n"
      "{\"id\",\"spans\":[{\"start\",\"end\",\"type\",\"score\"}]}.",
      [flags] { return RunAnalyze(*flags); }, chosen);
  AddInputFlags(verb, &flags->paths, &flags->encoding, &flags->show_paths);
  verb->add_flag("--jsonl", flags->jsonl,
                 "each input line is a document {\"id\",\"text\"}");
  verb->add_option("--format", flags->format, kFormats)->capture_default_str();
  verb->add_option("--offsets", flags->offsets, "byte, codepoint or utf16")
      ->capture_default_str();
  AddJobs(verb, &flags->jobs);
  AddEngineFlags(verb, &flags->engine);
}

void AddExplain(CLI::App* app, Chosen* chosen) {
  const auto flags = std::make_shared<ExplainFlags>();
  CLI::App* verb = AddVerb(
      app, "explain", "Say why each finding is one, and each near miss none",
      "Examples:\n"
      "  phiwire explain note.txt\n"
      "  echo 'Seen by Dr. Smith' | phiwire explain\n"
      "The output holds the document's own words.",
      [flags] { return RunExplain(*flags); }, chosen);
  AddInputFlags(verb, &flags->paths, &flags->encoding, &flags->show_paths);
  verb->add_option("--format", flags->format, kFormats)->capture_default_str();
  verb->add_option("--color", flags->color, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str();
  verb->add_flag("--all-terms", flags->all_terms,
                 "every term of each sum, not the twelve largest");
  verb->add_flag("--no-near-misses", flags->no_near_misses, "findings only");
  AddEngineFlags(verb, &flags->engine);
}

void AddFit(CLI::App* app, Chosen* chosen) {
  const auto flags = std::make_shared<FitFlags>();
  CLI::App* verb = AddVerb(
      app, "fit", "Fit the evidence model's weights on annotated documents",
      "Examples:\n"
      "  phiwire fit notes.jsonl -o site-weights.tsv\n"
      "  phiwire fit ours.jsonl theirs.jsonl -o weights.tsv --folds 10\n"
      "Offline; the same files and seed give the same weights. A policy names\n"
      "the file as \"weights: site-weights.tsv\".",
      [flags] { return RunFit(*flags); }, chosen);
  verb->add_option("GOLD", flags->gold,
                   "JSON lines {\"id\",\"text\",\"spans\"}")
      ->required();
  verb->add_option("-o,--output", flags->output, "weights file to write")
      ->required();
  verb->add_option("--folds", flags->folds, "of the cross-validation")
      ->check(CLI::Range(2, 100))
      ->capture_default_str();
  verb->add_option("--seed", flags->seed, "of the shuffling")
      ->capture_default_str();
  AddEngineFlags(verb, &flags->engine);
}

void AddEval(CLI::App* app, Chosen* chosen) {
  const auto flags = std::make_shared<EvalFlags>();
  CLI::App* verb = AddVerb(
      app, "eval", "Score predictions, or phiwire itself, against a gold file",
      "Examples:\n"
      "  phiwire eval gold.jsonl\n"
      "  phiwire eval gold.jsonl predictions.jsonl --ignore YEAR,PROFESSION\n"
      "  phiwire eval gold.jsonl --html report.html\n"
      "The HTML report and --examples hold document text.",
      [flags] { return RunEval(*flags); }, chosen);
  verb->add_option("GOLD", flags->gold,
                   "JSON lines {\"id\",\"text\",\"spans\"}")
      ->required();
  verb->add_option("PRED", flags->predictions,
                   "JSON lines {\"id\",\"spans\"}; none: phiwire predicts");
  verb->add_option("--ignore", flags->ignore,
                   "gold types that neither count for nor against")
      ->capture_default_str();
  verb->add_option("--min-score", flags->min_score,
                   "predictions below it are left out");
  verb->add_option("--examples", flags->examples,
                   "list the N commonest misses and false positives");
  verb->add_option("--html", flags->html, "write a report with all mistakes");
  verb->add_flag("--no-types", flags->no_types, "no table by type");
  verb->add_flag("--subset", flags->subset,
                 "only documents that have a prediction");
  AddJobs(verb, &flags->jobs);
  AddEngineFlags(verb, &flags->engine);
}

void AddRules(CLI::App* app, Chosen* chosen) {
  CLI::App* rules = app->add_subcommand("rules", "Check and test rule files");
  rules->require_subcommand(1);
  rules->footer(
      "Examples:\n"
      "  phiwire rules check --rules site-rules/\n"
      "  phiwire rules test --rules site-rules/");
  const auto flags = std::make_shared<EngineFlags>();
  using Run = int (*)(const EngineFlags&);
  const auto add = [&](const char* name, const char* what, Run run) {
    AddEngineFlags(AddVerb(
                       rules, name, what, "",
                       [flags, run] { return run(*flags); }, chosen),
                   flags.get());
  };
  add("check", "Compile the rules", &RunRulesCheck);
  add("list", "List the rules, built in and of the site", &RunRulesList);
  add("test", "Run the examples of all rules", &RunRulesTest);
}

void AddPolicy(CLI::App* app, Chosen* chosen) {
  CLI::App* policy = app->add_subcommand("policy", "Show and check policies");
  policy->require_subcommand(1);
  policy->footer(
      "Examples:\n"
      "  phiwire policy show\n"
      "  phiwire policy check site.yaml");
  const auto flags = std::make_shared<EngineFlags>();
  const auto yaml = std::make_shared<bool>(false);
  const auto add = [&](const char* name, const char* what, Chosen run) {
    CLI::App* verb = AddVerb(policy, name, what, "", std::move(run), chosen);
    verb->add_option("POLICY", flags->policy, "a built-in name or a YAML file");
    AddEngineFlags(verb, flags.get());
    return verb;
  };
  add("show", "Say in plain words what the policy does", [flags, yaml] {
    return RunPolicyShow(*flags, *yaml);
  })->add_flag("--yaml", *yaml, "every setting, with all it extends");
  add("check", "Build an engine from the policy",
      [flags] { return RunPolicyCheck(*flags); });
}

void AddProfile(CLI::App* app, Chosen* chosen) {
  const auto flags = std::make_shared<ProfileFlags>();
  CLI::App* verb = AddVerb(
      app, "profile", "Propose a column map for a table",
      "Examples:\n"
      "  phiwire profile extract.csv -o map.yaml\n"
      "  phiwire deid extract.csv --columns map.yaml -o clean.csv\n"
      "The map says why, in counts; it holds no cell of the table.",
      [flags] { return RunProfile(*flags); }, chosen);
  verb->add_option("FILE", flags->path, "CSV or TSV, or - for standard input");
  verb->add_option("-o,--output", flags->output, "column map to write");
  verb->add_option("--rows", flags->rows, "rows to look at")
      ->check(CLI::Range(1, 1000000000))
      ->capture_default_str();
  AddEngineFlags(verb, &flags->engine);
}

void AddReidentify(CLI::App* app, Chosen* chosen) {
  const auto flags = std::make_shared<ReidentifyFlags>();
  CLI::App* verb = AddVerb(
      app, "reidentify", "Go back to the original values, with the key",
      "Examples:\n"
      "  phiwire reidentify note.txt --policy site.yaml --key site.key \\\n"
      "      --purpose 'recall 2024-7' --audit audit.jsonl\n"
      "  echo 931-44-0287 | phiwire reidentify --type SSN --policy site.yaml "
      "\\\n"
      "      --key site.key --purpose 'recall 2024-7' --audit audit.jsonl\n"
      "The audit record is written first; when it can't be, nothing comes out.",
      [flags] { return RunReidentify(*flags); }, chosen);
  verb->add_option("PATH", flags->paths, "a file, or - for standard input");
  verb->add_option("--policy", flags->policy,
                   "the policy it was de-identified under")
      ->capture_default_str();
  verb->add_option("--key", flags->key, "key: a file, fd:N or env:NAME");
  verb->add_option("--vault", flags->vault, "vault, unless the policy's");
  verb->add_option("--vault-key", flags->vault_key,
                   "key of the vault, when it has its own");
  verb->add_option("--purpose", flags->purpose, "why; kept in the audit log");
  verb->add_option("--audit", flags->audit, "audit log to append to");
  verb->add_option("--subject", flags->subject,
                   "patient id, where the input doesn't say it");
  verb->add_option("--format", flags->format, kFormats)->capture_default_str();
  verb->add_option("--type", flags->type,
                   "each line of the input is a value of this type");
  verb->add_option("-o,--output", flags->output, "output file");
}

void AddAudit(CLI::App* app, Chosen* chosen) {
  CLI::App* audit = app->add_subcommand("audit", "Check audit logs");
  audit->require_subcommand(1);
  audit->footer("Example:\n  phiwire audit verify audit.jsonl");
  const auto flags = std::make_shared<AuditFlags>();
  CLI::App* verb = AddVerb(
      audit, "verify", "Find every line changed, taken out, put in or moved",
      "Examples:\n"
      "  phiwire audit verify audit.jsonl\n"
      "  phiwire audit verify audit.jsonl --head 5f2c...\n"
      "Lines missing at the end are found with the hash noted last time.",
      [flags] { return RunAuditVerify(*flags); }, chosen);
  verb->add_option("FILE", flags->path, "the log, or - for standard input")
      ->required();
  verb->add_option("--head", flags->head,
                   "the hash that an earlier verify printed");
}

void AddAttack(CLI::App* app, Chosen* chosen) {
  const auto flags = std::make_shared<AttackFlags>();
  CLI::App* verb = AddVerb(
      app, "attack", "Say what a de-identified file still gives away",
      "Examples:\n"
      "  phiwire attack out.hl7 --space 'MR-######'\n"
      "  phiwire attack out.csv --codes ssn --whole\n"
      "  phiwire attack out.csv --patient id --date admitted,left\n"
      "  phiwire attack out.csv --quasi zip3,sex,birth_year --json\n"
      "Columns are those of a CSV table with a header. The report holds\n"
      "counts, no values.",
      [flags] { return RunAttack(*flags); }, chosen);
  verb->add_option("FILE", flags->path, "a file, or - for standard input")
      ->required();
  const auto columns = [verb](const char* name, std::vector<std::string>* list,
                              const char* what) {
    verb->add_option(name, *list, what)
        ->delimiter(',')
        ->allow_extra_args(false);
  };
  columns("--codes", &flags->codes, "columns of hashed identifiers");
  columns("--date", &flags->dates, "columns of shifted dates");
  verb->add_option("--patient", flags->patient,
                   "column that tells whose the dates are");
  columns("--domain", &flags->domain, "columns replaced value by value");
  columns("--quasi", &flags->quasi, "columns that together may single out");
  verb->add_option("--space", flags->space,
                   "ssn, or a shape: # a digit, @ a capital letter")
      ->capture_default_str();
  verb->add_option("--range", flags->range, "FIRST-LAST, of the shape's #");
  verb->add_option("--digest", flags->digest, "sha256, sha1 or md5")
      ->capture_default_str();
  verb->add_option("--tries", flags->tries, "identifiers to try")
      ->capture_default_str();
  verb->add_flag("--whole", flags->whole, "try the whole space");
  verb->add_flag("--day-first", flags->day_first, "dates are day/month/year");
  verb->add_flag("--json", flags->json, "the report as JSON");
  AddJobs(verb, &flags->jobs);
}

void AddSmall(CLI::App* app, Chosen* chosen) {
  const auto output = std::make_shared<std::string>();
  AddVerb(
      app, "keygen", "Make a key for keyed anonymizers",
      "Example:\n  phiwire keygen -o site.key",
      [output] { return RunKeygen(*output); }, chosen)
      ->add_option("-o,--output", *output, "a new file, readable by you only");

  CLI::App* hl7 = app->add_subcommand("hl7", "HL7 v2 tools");
  hl7->footer("Example:\n  phiwire hl7 check feed.hl7");
  hl7->require_subcommand(1);
  const auto flags = std::make_shared<Hl7Flags>();
  CLI::App* check = AddVerb(
      hl7, "check", "Say what is wrong with messages, and which are refused",
      "Example:\n  phiwire hl7 check feed.hl7",
      [flags] { return RunHl7Check(*flags); }, chosen);
  AddInputFlags(check, &flags->paths, &flags->encoding, &flags->show_paths);
  check->add_flag("--json", flags->json, "JSON lines");

  AddVerb(
      app, "version", "Print the version", "",
      [] {
        return WriteAll(1, "phiwire " PHIWIRE_VERSION "\n").ok() ? kExitDone
                                                                 : kExitRefused;
      },
      chosen);
}

int Main(int argc, char** argv) {
  CLI::App app("phiwire finds and removes protected health information (PHI).",
               "phiwire");
  app.require_subcommand(1);
  app.set_version_flag("--version", "phiwire " PHIWIRE_VERSION);
  Chosen chosen;
  AddDeid(&app, &chosen);
  AddAnalyze(&app, &chosen);
  AddExplain(&app, &chosen);
  AddEval(&app, &chosen);
  AddFit(&app, &chosen);
  AddRules(&app, &chosen);
  AddPolicy(&app, &chosen);
  AddProfile(&app, &chosen);
  AddReidentify(&app, &chosen);
  AddAudit(&app, &chosen);
  AddAttack(&app, &chosen);
  AddSmall(&app, &chosen);
  // Last, because verbs made after it would inherit it.
  app.footer(
      "Exit codes: 0 done; 1 some input was refused; 2 bad usage or "
      "configuration.\nphiwire VERB --help tells more, with examples.");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help
    return UsageError(error.what());
  }
  return chosen ? chosen() : kExitUsage;
}

}  // namespace
}  // namespace phiwire::cli

int main(int argc, char** argv) {
  // Keys and PHI are in memory: no core file of it.
  const rlimit none{0, 0};
  static_cast<void>(::setrlimit(RLIMIT_CORE, &none));
  try {
    return phiwire::cli::Main(argc, argv);
  } catch (const std::exception&) {
    // Out of memory, mostly. what() could quote input, so it is not shown.
    phiwire::cli::Say("internal error: nothing more was written");
    return phiwire::cli::kExitRefused;
  }
}
