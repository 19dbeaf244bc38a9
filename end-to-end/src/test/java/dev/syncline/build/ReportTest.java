// SPDX-License-Identifier: Apache-2.0
package dev.syncline.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code .ci/run}'s evaluation of Surefire's reports. */
class ReportTest {
  private static final String PASSED = "<testcase name=\"works\" classname=\"a.GoodTest\"/>\n";
  private static final String FLAKY =
      """
        <testcase name="sometimes" classname="a.FlakyTest" time="0.1">
          <flakyFailure message="no" type="java.lang.AssertionError">
          </flakyFailure>
          <flakyFailure message="no again" type="java.lang.AssertionError">
          </flakyFailure>
        </testcase>
      """;

  @TempDir private Path directory = Path.of(".");
  private String flakyAllowed = "# none\n";
  private String skipsAllowed = "# some\nis not installed\n";

  private record Run(int status, String out) {}

  private Run report(String tests) throws Exception {
    return reports("<?xml version=\"1.0\"?>\n<testsuite>\n" + tests + "</testsuite>\n");
  }

  private Run reports(String text) throws IOException, InterruptedException {
    Path flaky = Files.writeString(directory.resolve("flaky"), flakyAllowed);
    Path skips = Files.writeString(directory.resolve("skips"), skipsAllowed);
    Path reports = Files.writeString(directory.resolve("reports"), text);
    Process process =
        new ProcessBuilder(
                "awk",
                "-f",
                Sources.root().resolve(".ci/report.awk").toString(),
                flaky.toString(),
                skips.toString(),
                reports.toString())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), out);
  }

  @Test
  void passedTestsAreCounted() throws Exception {
    Run run = report(PASSED + PASSED);

    assertThat(run.out).isEqualTo("2 tests, 0 failed, 0 passed only when run again, 0 skipped\n");
    assertThat(run.status).isZero();
  }

  @Test
  void aFailureFails() throws Exception {
    Run run =
        report(
            PASSED
                + "<testcase name=\"x\" classname=\"a.BadTest\">\n"
                + "<error type=\"t\"/>\n"
                + "</testcase>\n");

    assertThat(run.out).contains("2 tests, 1 failed", "  FAILED: a.BadTest.x\n");
    assertThat(run.status).isEqualTo(1);
  }

  @Test
  void aTestThatPassesOnlyOnARerunFails() throws Exception {
    Run run = report(PASSED + FLAKY);

    assertThat(run.out)
        .contains("2 tests, 0 failed, 1 passed only when run again")
        .contains("  PASSED ONLY WHEN RUN AGAIN: a.FlakyTest.sometimes\n");
    assertThat(run.status).isEqualTo(1);
  }

  @Test
  void unlessItIsOnTheListWithAReason() throws Exception {
    flakyAllowed = "# why\n\na.FlakyTest.sometimes: the moon\n";
    Run allowed = report(FLAKY);
    flakyAllowed = "a.FlakyTest.sometimes\n";
    Run withoutReason = report(FLAKY);

    assertThat(allowed.out).contains("which is allowed: a.FlakyTest.sometimes: the moon\n");
    assertThat(allowed.status).isZero();
    assertThat(withoutReason.out).contains("no reason is given for a.FlakyTest.sometimes");
    assertThat(withoutReason.status).isEqualTo(1);
  }

  @Test
  void theListNamesOnlyTestsThatExist() throws Exception {
    flakyAllowed = "a.GoneTest.sometimes: the moon\n";

    Run run = report(PASSED);

    assertThat(run.out).contains("flaky-allowed: there is no test a.GoneTest.sometimes");
    assertThat(run.status).isEqualTo(1);
  }

  @Test
  void skippedTestsOfOneReasonAreOneLine() throws Exception {
    String skipped =
        "  <skipped message=\"terraform is not installed\"><![CDATA[...]]></skipped>\n"
            + "</testcase>\n";

    Run run =
        report(
            "<testcase name=\"x\" classname=\"a.OneTest\">\n"
                + skipped
                + "<testcase name=\"y\" classname=\"a.OneTest\">\n"
                + skipped
                + "<testcase name=\"\" classname=\"a.OtherTest\">\n"
                + skipped);

    assertThat(run.out)
        .isEqualTo(
            """
            3 tests, 0 failed, 0 passed only when run again, 3 skipped
              3 skipped (OneTest, OtherTest): terraform is not installed
            """);
    assertThat(run.status).isZero();
  }

  @Test
  void theReasonOfASkippedTestMayBeInItsException() throws Exception {
    String skipped =
        "<skipped type=\"t.Aborted\"><![CDATA[t.Aborted: Assumption failed: %s\n"
            + "\tat a.B.c(B.java:1)\n"
            + "]]></skipped>\n"
            + "</testcase>\n";
    String test = "<testcase name=\"x\" classname=\"a.OneTest\">\n";

    Run good = report(test + skipped.formatted("a browser is not installed: none of [a, b]"));
    Run slow = report(test + skipped.formatted("the machine stood still"));

    assertThat(good.out)
        .contains("(OneTest): Assumption failed: a browser is not installed: none of [a, b]\n");
    assertThat(good.status).isZero();
    assertThat(slow.out).contains("SKIPPED WITHOUT A GOOD REASON: 1 skipped (OneTest)");
    assertThat(slow.status).isEqualTo(1);
  }

  @Test
  void aTestThatExcusesItselfForAnotherReasonFails() throws Exception {
    Run slow =
        report(
            "<testcase name=\"x\" classname=\"a.OneTest\">\n"
                + "<skipped message=\"the machine &quot;stood&quot; still\" type=\"t\"/>\n");
    Run silent = report("<testcase name=\"x\" classname=\"a.OneTest\">\n<skipped/>\n</testcase>\n");

    assertThat(slow.out)
        .contains(
            "SKIPPED WITHOUT A GOOD REASON: 1 skipped (OneTest): the machine \"stood\" still\n");
    assertThat(slow.status).isEqualTo(1);
    assertThat(silent.out).contains("1 skipped (OneTest): no reason given\n");
    assertThat(silent.status).isEqualTo(1);
  }

  @Test
  void outputOfATestIsNotAReport() throws Exception {
    Run run =
        report(
            "<testcase name=\"x\" classname=\"a.OneTest\">\n"
                + "<system-out><![CDATA[it said <skipped/> and <failure >]]></system-out>\n");

    assertThat(run.status).as(run.out).isZero();
  }

  @Test
  void noReportsAreAFailure() throws Exception {
    Run run = reports("");

    assertThat(run.out).contains("no test reports were found");
    assertThat(run.status).isEqualTo(1);
  }
}
