// SPDX-License-Identifier: Apache-2.0
//
// The dictionary behind column_names.h. Phrases are written without the breaks
// between their words ("firstname"), lower case, digits left out; the longest
// phrase a name ends in decides. Generic ones ("name", "id", "code") ask the
// words before them. Sources: header rows of Synthea, MIMIC-IV, OMOP CDM 5.4,
// PCORnet, i2b2, CMS DE-SynPUF, REDCap templates, Epic Clarity and of rosters
// as people write them.

#ifndef PHIWIRE_FORMATS_TABLE_COLUMN_WORDS_H_
#define PHIWIRE_FORMATS_TABLE_COLUMN_WORDS_H_

#include <cstdint>
#include <string_view>

#include "formats/table/column_names.h"

namespace phiwire::table {

// How a phrase is to be read.
enum class Head : std::uint8_t {
  kPlain,  // its rule stands
  kName,   // whose or what's name, the words before it say
  kId,
  kCode,
  kMonth,  // of birth and the like; alone too
};

// Phrases with blanks between them, all read the same.
struct PhraseSet {
  std::string_view phrases;
  Head head = Head::kPlain;
  ColumnRule rule = {};
};

constexpr ColumnRule kKept{.use = ColumnUse::kKeep};
constexpr ColumnRule kProse{.use = ColumnUse::kText};
constexpr ColumnRule kScanned{};

constexpr ColumnRule Slot(PhiType type, SlotGrammar grammar,
                          std::uint8_t rank = 0) {
  return {.use = ColumnUse::kSlot,
          .type = type,
          .grammar = grammar,
          .subject_rank = rank};
}
constexpr ColumnRule Words(PhiType type) {
  return Slot(type, SlotGrammar::kName);
}
constexpr ColumnRule Number(PhiType type, std::uint8_t rank = 0) {
  return Slot(type, SlotGrammar::kIdentifier, rank);
}
constexpr ColumnRule Name(NamePart part) {
  ColumnRule rule = Words(PhiType::kName);
  rule.part = part;
  return rule;
}
constexpr ColumnRule Date(bool birth = false) {
  ColumnRule rule = Slot(PhiType::kDate, SlotGrammar::kHl7Date);
  rule.spelling = Spelling::kAnyDate;
  rule.birth_date = birth;
  return rule;
}

inline constexpr PhraseSet kPhrases[] = {
    // Generic heads.
    {"name names nm", Head::kName},
    {"id ids uid guid uuid key sk pk identifier ident idno idnumber "
     "number num no nbr nr nummer",
     Head::kId},
    {"code codes cd", Head::kCode},
    // Names.
    {"firstname namefirst first fname fstname firstnm givenname given "
     "givennames forename forenames christianname preferredname nickname",
     Head::kPlain, Name(NamePart::kGiven)},
    {"middlename namemiddle middle mname middlenm middleinitial "
     "middleinit secondname",
     Head::kPlain, Name(NamePart::kMiddle)},
    {"lastname namelast last lname lstname lastnm surname sname "
     "familyname family maidenname maiden mothersmaidenname birthname",
     Head::kPlain, Name(NamePart::kFamily)},
    {"prefix nameprefix suffix namesuffix salutation honorific", Head::kPlain,
     Name(NamePart::kAffix)},
    {"fullname pname ptname patname legalname alias aka initials patient "
     "mother father spouse guardian guarantor nextofkin nok "
     "emergencycontact provider physician doctor attending surgeon nurse "
     "clinician therapist pcp author signedby enteredby createdby "
     "updatedby modifiedby orderedby referredby performedby reviewedby "
     "interviewer signature",
     Head::kPlain, Name(NamePart::kWhole)},
    // Dates.
    {"date dates dt dte datetime dttm dtm dtime timestamp tstamp ts "
     "charttime storetime chartdate admittime dischtime deathtime "
     "starttime stoptime endtime edregtime edouttime intime outtime "
     "ordertime createdat updatedat modifiedat deletedat signedat "
     "admittedat dischargedat createdon admittedon admitted discharged "
     "dod doa dos dateofservice dateofdeath dateofvisit "
     "dateofadmission dateofdischarge dateofonset dateofdiagnosis "
     "dateofsurgery dateofconsent dateofinjury year yr yearofdeath",
     Head::kPlain, Date()},
    {"dob birthdate birthdt bdate birthday birthdatetime dateofbirth "
     "datebirth dobdate born yob birthyear yearofbirth",
     Head::kPlain, Date(true)},
    {"month monthofbirth monthofdeath dayofbirth dayofdeath birthmonth",
     Head::kMonth},
    {"age ageyears ageyrs ageinyears ageatvisit ageatdeath "
     "ageatadmission ageatdiagnosis",
     Head::kPlain, Slot(PhiType::kAge, SlotGrammar::kFreeText)},
    // Places.
    {"address addresses addr addressline addrline street streetaddress "
     "streetname streetnumber housenumber apartment apt aptno pobox "
     "residence",
     Head::kPlain, Words(PhiType::kStreet)},
    {"city cityname town township village municipality suburb district "
     "neighborhood birthplace placeofbirth birthcity",
     Head::kPlain, Words(PhiType::kCity)},
    {"county countyname parish", Head::kPlain, Words(PhiType::kCounty)},
    {"countycode countycd fips fipscode countyfips", Head::kPlain,
     Number(PhiType::kCounty)},
    {"censustract tract blockgroup geoid", Head::kPlain,
     Number(PhiType::kLocation)},
    {"zip zipcode zipcd zipplus postalcode postcode postal", Head::kPlain,
     Slot(PhiType::kZip, SlotGrammar::kZip)},
    {"lat latitude lon lng longitude coordinates geocode", Head::kPlain,
     Slot(PhiType::kLocation, SlotGrammar::kEmpty)},
    {"room roomno roomnumber bed", Head::kPlain, Words(PhiType::kLocation)},
    {"facility hospital clinic caresite organization organisation "
     "practice pharmacy school nursinghome",
     Head::kPlain, Words(PhiType::kFacility)},
    {"employer company workplace", Head::kPlain, Words(PhiType::kEmployer)},
    {"occupation profession jobtitle", Head::kPlain,
     Words(PhiType::kProfession)},
    // Contacts.
    {"phone phones phoneno phonenum phonenbr phonenumber telephone "
     "telephonenumber telephoneno tel telno telnumber telecom ph phno "
     "mobile mobileno mobilenumber cell cellno cellnumber pager "
     "contactnumber contactno areacode",
     Head::kPlain, Number(PhiType::kPhone)},
    {"fax faxno faxnumber", Head::kPlain, Number(PhiType::kFax)},
    {"email emailaddress emailaddr emailid mail", Head::kPlain,
     Words(PhiType::kEmail)},
    {"url uri website homepage", Head::kPlain, Words(PhiType::kUrl)},
    {"ip ipaddr ipaddress clientip remoteaddr", Head::kPlain,
     Words(PhiType::kIpAddress)},
    {"username user userid login loginid screenname twitter handle",
     Head::kPlain, Words(PhiType::kUsername)},
    {"photo photograph", Head::kPlain, Words(PhiType::kPhoto)},
    // Identifiers.
    {"mrn mrno medrec medrecno medrecnum medicalrecord medicalrecordno "
     "medicalrecordnum medicalrecordnumber mrnumber chartno chartnumber",
     Head::kPlain, Number(PhiType::kMedicalRecord, 5)},
    {"hospitalnumber empi mpi patid ptid pid", Head::kPlain,
     Number(PhiType::kMedicalRecord, 4)},
    {"unitnumber", Head::kPlain, Number(PhiType::kMedicalRecord, 3)},
    {"subjectid subjid usubjid studyid desynpufid", Head::kPlain,
     Number(PhiType::kId, 3)},
    {"recordid", Head::kPlain, Number(PhiType::kId, 2)},
    {"ssn ssno socsec socialsecurity socialsecurityno "
     "socialsecuritynumber sin taxid tin",
     Head::kPlain, Number(PhiType::kSsn)},
    {"ein accession encounter pin token barcode", Head::kPlain,
     Number(PhiType::kId)},
    {"nhsnumber", Head::kPlain, Number(PhiType::kHealthPlan, 4)},
    {"mbi hic hicn", Head::kPlain, Number(PhiType::kHealthPlan, 2)},
    {"medicare medicaid", Head::kPlain, Number(PhiType::kHealthPlan)},
    {"npi dea upin license licence driverslicense driverlicense drivers "
     "passport",
     Head::kPlain, Number(PhiType::kLicense)},
    {"account acct iban creditcard cardno csn fin har", Head::kPlain,
     Number(PhiType::kAccount)},
    {"vin plate licenseplate platenumber", Head::kPlain,
     Number(PhiType::kVehicle)},
    {"udi imei serial mac macaddress", Head::kPlain, Number(PhiType::kDevice)},
    {"fingerprint", Head::kPlain, Words(PhiType::kBiometric)},
    {"password", Head::kPlain, Words(PhiType::kId)},
    // Prose.
    {"note notes notetext text txt freetext comment comments cmt cmnt "
     "remark remarks narrative history hpi impression findings report "
     "summary message msg body content contents memo details reason "
     "complaint chiefcomplaint assessment plan instructions description "
     "desc observationblob blob transcript feedback response answer log",
     Head::kPlain, kProse},
    // People's traits that Safe Harbor does not list.
    {"sex gender race ethnicity ethnicgroup marital maritalstatus "
     "language religion state statename province country countryname "
     "nationality bloodtype bloodgroup",
     Head::kPlain, kKept},
    // Codes and what is counted or measured.
    {"type status flag flg ind indicator yn unit units uom valueuom "
     "class category version count cnt qty quantity amount amt cost "
     "price charge charges balance expenses coverage income total pct "
     "percent percentage ratio rate score grade stage severity priority "
     "days hours minutes los duration valuenum valueasnumber nvalnum "
     "dose dosage strength frequency route refills icd cpt hcpcs loinc "
     "snomed rxnorm ndc drg cvx height weight bmi bp sbp dbp systolic "
     "diastolic heartrate hr pulse resprate temperature temp spo osat "
     "pain glucose hbac ac sodium potassium chloride bicarbonate calcium "
     "creatinine bun egfr albumin bilirubin hemoglobin hgb hematocrit "
     "hct wbc rbc platelets plt cholesterol ldl hdl triglycerides tsh "
     "inr lowerlimit upperlimit rangelow rangehigh seq sequence seqnum "
     "seqno linenumber lineno rownum",
     Head::kPlain, kKept},
    // What ends like one of the above and is not.
    {"pathname hostname displayname careplan insuranceplan "
     "healthplan",
     Head::kPlain, kScanned},
};

// Words that tell whose a value is; those of the patient make no owner.
inline constexpr std::string_view kPatientWords[] = {
    "patient", "pt",     "pat",      "person",      "subject",
    "subj",    "client", "resident", "participant", "beneficiary",
    "bene",    "demo",   "enrollee", "demographics"};
// Say how, where or when, not whose.
inline constexpr std::string_view kQualifiers[] = {
    "home",      "work",    "office",  "business",  "day",       "evening",
    "primary",   "second",  "main",    "secondary", "current",   "previous",
    "prev",      "prior",   "old",     "new",       "original",  "orig",
    "raw",       "clean",   "str",     "string",    "legal",     "alt",
    "preferred", "mailing", "billing", "permanent", "temporary", "alternate",
    "full",      "hash",    "hashed",  "cell",      "mobile",    "value",
    "the",       "of",      "s",       "cur",       "other",     "src",
    "source"};
inline constexpr std::string_view kPersons[] = {
    "mother",     "mom",        "father",    "dad",         "spouse",
    "husband",    "wife",       "parent",    "guardian",    "child",
    "sibling",    "partner",    "nok",       "kin",         "contact",
    "emergency",  "guarantor",  "insured",   "subscriber",  "member",
    "provider",   "prov",       "prvdr",     "physician",   "physn",
    "phys",       "doctor",     "dr",        "attending",   "referring",
    "ordering",   "rendering",  "admitting", "operating",   "consulting",
    "pcp",        "nurse",      "surgeon",   "therapist",   "clinician",
    "author",     "signer",     "staff",     "employee",    "caregiver",
    "customer",   "student",    "volunteer", "donor",       "applicant",
    "caller",     "sender",     "recipient", "owner",       "relative",
    "technician", "pharmacist", "resp",      "responsible", "party"};
// What a name of is a facility's.
inline constexpr std::string_view kFacilities[] = {
    "hospital",   "facility",     "clinic",     "site",       "location",
    "department", "dept",         "ward",       "practice",   "organization",
    "org",        "organisation", "center",     "centre",     "school",
    "pharmacy",   "lab",          "laboratory", "university", "care",
    "college",    "institution"};
inline constexpr std::string_view kEmployers[] = {"employer", "company",
                                                  "business", "firm"};
// Things: a name or number of theirs tells of no person.
inline constexpr std::string_view kThings[] = {
    "drug",        "medication", "med",       "meds",     "test",
    "procedure",   "proc",       "diagnosis", "diag",     "dx",
    "condition",   "product",    "brand",     "generic",  "item",
    "component",   "panel",      "order",     "event",    "study",
    "form",        "field",      "table",     "column",   "file",
    "path",        "species",    "vaccine",   "allergy",  "allergen",
    "code",        "concept",    "display",   "measure",  "metric",
    "category",    "type",       "parameter", "param",    "rule",
    "status",      "unit",       "class",     "variable", "var",
    "payer",       "payor",      "insurance", "carrier",  "plan",
    "service",     "specialty",  "modality",  "language", "image",
    "section",     "document",   "template",  "report",   "result",
    "observation", "analyte",    "specimen",  "organism", "antibiotic",
    "ingredient",  "symptom",    "disease",   "gene",     "variant",
    "chemical",    "vocabulary", "domain",    "model",    "app",
    "application", "program",    "project",   "module",   "host",
    "server",      "key",        "attribute", "tag"};
// Numbers that are codes of a vocabulary, the same for everyone.
inline constexpr std::string_view kVocabularies[] = {
    "concept", "vocabulary", "domain",  "type",    "category", "status",
    "unit",    "item",       "code",    "version", "template", "loinc",
    "rxnorm",  "snomed",     "icd",     "cpt",     "ndc",      "language",
    "country", "state",      "seq",     "line",    "row",      "gender",
    "race",    "class",      "sequence"};
inline constexpr std::string_view kRecordKeepers[] = {"medical", "mr", "med",
                                                      "chart"};
inline constexpr std::string_view kPlans[] = {
    "policy",   "insurance", "insured",  "subscriber", "plan", "medicare",
    "medicaid", "payer",     "coverage", "group",      "payor"};
inline constexpr std::string_view kAccounts[] = {
    "account", "acct", "billing", "bill",
    "invoice", "bank", "card",    "hospital"};
inline constexpr std::string_view kLicenses[] = {
    "npi",  "dea",      "license",     "licence", "upin",
    "cert", "passport", "certificate", "licensee"};
inline constexpr std::string_view kDevices[] = {"device", "serial", "udi",
                                                "implant", "mac"};
// A code of theirs is an id.
inline constexpr std::string_view kCoded[] = {
    "patient", "pt",       "employee", "subject", "participant",
    "access",  "provider", "staff",    "person",  "confirmation"};
// Names that begin so are flags or counts: is_deceased, n_visits.
inline constexpr std::string_view kCountWords[] = {
    "is",    "has", "was",  "had", "n",  "count",
    "total", "avg", "mean", "max", "min"};

}  // namespace phiwire::table

#endif  // PHIWIRE_FORMATS_TABLE_COLUMN_WORDS_H_
