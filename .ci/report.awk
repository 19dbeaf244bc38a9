# SPDX-License-Identifier: Apache-2.0
#
# Reads two lists and then Surefire's reports, and says what ran and what did not.
#   awk -f report.awk flaky-allowed skips-allowed REPORTS
# Exit status 1 when a test failed, passed only when run again without being on the first list, or
# was skipped for a reason that is not on the second list.

function attribute(line, name,   rest) {
  if (!match(line, "[ \t]" name "=\"[^\"]*\"")) return ""
  rest = substr(line, RSTART, RLENGTH)
  sub(/^[^"]*"/, "", rest)
  sub(/"$/, "", rest)
  gsub(/&#10;/, " ", rest); gsub(/&quot;/, "\"", rest); gsub(/&apos;/, "'", rest)
  gsub(/&lt;/, "<", rest); gsub(/&gt;/, ">", rest); gsub(/&amp;/, "\\&", rest)
  return rest
}

function complain(text) {
  bad = bad "  " text "\n"
}

FNR == 1 { files++ }

/^#/ && files <= 2 { next }
/^[ \t]*$/ && files <= 2 { next }

files == 1 {
  at = index($0, ": ")
  reason = at ? substr($0, at + 2) : ""
  sub(/^[ \t]+/, "", reason)
  if (reason == "") complain("flaky-allowed: no reason is given for " $0)
  else flakyAllowed[substr($0, 1, at - 1)] = reason
  next
}

files == 2 { skipAllowed[++skipPatterns] = $0; next }

/^[ \t]*<testcase[ \t]/ {
  tests++
  class = attribute($0, "classname")
  test = class "." attribute($0, "name")
  sub(/\.$/, "", test)
  for (key in flakyAllowed) if (index(test, key) == 1) seen[key] = 1
}

/^[ \t]*<skipped/ {
  skipped++
  reason = attribute($0, "message")
  if (reason == "" && match($0, /<!\[CDATA\[/)) {
    # An assumption that fails on another thread is told as an exception only.
    reason = substr($0, RSTART + RLENGTH)
    sub(/^[A-Za-z0-9_.$]+: /, "", reason)
    sub(/\]\]>.*$/, "", reason)
  }
  if (!(reason in skips)) order[++reasons] = reason
  skips[reason]++
  short = class
  sub(/.*\./, "", short)
  if (index(" " classes[reason] ",", " " short ",") == 0)
    classes[reason] = classes[reason] (classes[reason] == "" ? "" : ", ") short
}

/^[ \t]*<flaky(Failure|Error)[ \t>]/ {
  if (test == lastFlaky) next
  lastFlaky = test
  flaky++
  why = ""
  for (key in flakyAllowed) if (index(test, key) == 1) why = flakyAllowed[key]
  if (why == "") complain("PASSED ONLY WHEN RUN AGAIN: " test)
  else notes = notes "  passed only when run again, which is allowed: " test ": " why "\n"
}

/^[ \t]*<(failure|error)[ \t>]/ { failed++; complain("FAILED: " test) }

END {
  printf "%d tests, %d failed, %d passed only when run again, %d skipped\n", tests, failed, flaky, skipped
  for (i = 1; i <= reasons; i++) {
    reason = order[i]
    allowed = 0
    for (p = 1; p <= skipPatterns; p++) if (reason ~ skipAllowed[p]) allowed = 1
    line = skips[reason] " skipped (" classes[reason] "): " (reason == "" ? "no reason given" : reason)
    if (allowed) printf "  %s\n", line
    else complain("SKIPPED WITHOUT A GOOD REASON: " line)
  }
  printf "%s", notes
  for (key in flakyAllowed) if (!(key in seen)) complain("flaky-allowed: there is no test " key)
  if (tests == 0) complain("no test reports were found")
  printf "%s", bad
  exit bad != ""
}
