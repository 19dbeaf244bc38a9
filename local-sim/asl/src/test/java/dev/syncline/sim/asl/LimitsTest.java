// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

import static dev.syncline.sim.asl.Machines.json;
import static dev.syncline.sim.asl.Machines.jsonata;
import static dev.syncline.sim.asl.Machines.machine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.asl.testing.LocalRunner;
import dev.syncline.sim.asl.testing.RunResult;
import dev.syncline.sim.asl.testing.TaskOutcome;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An execution beyond a limit ends with AWS's error; other executions continue. */
class LimitsTest {
  private static final String TASK = "arn:aws:states:::lambda:invoke";

  private static String loop(String more) {
    return machine(
        "'A':{'Type':'Pass',"
            + more
            + "'Next':'C'},'C':{'Type':'Choice','Choices':[{'Variable':'$','IsNull':true,"
            + "'Next':'S'}],'Default':'A'},'S':{'Type':'Succeed'}");
  }

  /** Recorded on AWS: the 25,000th event is ExecutionFailed. */
  @Test
  void anExecutionWithoutEndFailsWithItsLastEvent() {
    RunResult run = LocalRunner.of(loop("")).run("{}");

    assertThat(run.error()).contains("States.Runtime");
    assertThat(run.cause())
        .contains("The execution reached the maximum number of history events (25000).");
    HistoryEvent last = run.history().getLast();
    assertThat(last.id()).isEqualTo(25_000);
    assertThat(last.previousEventId()).isEqualTo(24_999);
    assertThat(last.type().aws()).isEqualTo("ExecutionFailed");
  }

  @Test
  void aResultOver256KiBFailsItsTask() {
    String result = "x".repeat(300 * 1024);

    RunResult run =
        LocalRunner.of(machine("'T':{'Type':'Task','Resource':'" + TASK + "','End':true}"))
            .mock("T", TaskOutcome.returns(TextNode.valueOf(result)))
            .run("{}");

    assertThat(run.error()).contains("States.DataLimitExceeded");
    assertThat(run.cause())
        .contains(
            "The state/task 'lambda' returned a result with a size exceeding the maximum number of"
                + " bytes service limit.");
  }

  @Test
  void theLimitCountsUtf8Bytes() {
    String pad = "{% $pad('', 131071, 'é') %}";

    assertThat(
            LocalRunner.of(
                    jsonata(
                        "'P':{'Type':'Pass','Output':'"
                            + pad.replace("'", "\\u0027")
                            + "','End':true}"))
                .run("{}")
                .status())
        .isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(
            LocalRunner.of(
                    jsonata(
                        "'P':{'Type':'Pass','Output':'"
                            + pad.replace("131071", "131072").replace("'", "\\u0027")
                            + "','End':true}"))
                .run("{}")
                .error())
        .contains("States.DataLimitExceeded");
  }

  private static String assigning(String name, int characters, String next) {
    return "'S"
        + name
        + "':{'Type':'Pass','Assign':{'v"
        + name
        + "':'{% $pad(\\u0027\\u0027, "
        + characters
        + ", \\u0027x\\u0027) %}'},"
        + next
        + "}";
  }

  /** The texts of a string's quotes count (recorded on AWS for the total). */
  @Test
  void oneAssignmentMayHave256KiB() {
    RunResult run = LocalRunner.of(jsonata(assigning("1", 262_143, "'End':true"))).run("{}");

    assertThat(run.error()).contains("States.DataLimitExceeded");
    assertThat(run.cause().orElseThrow())
        .endsWith("The Assign field exceeds the maximum variable assignment size by 1 bytes.");
    assertThat(run.history())
        .extracting(event -> event.type().aws())
        .containsSubsequence("PassStateEntered", "EvaluationFailed", "ExecutionFailed");
    assertThat(LocalRunner.of(jsonata(assigning("1", 262_142, "'End':true"))).run("{}").status())
        .isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  /** Recorded on AWS with these numbers. */
  @Test
  void allVariablesTogetherMayHave10MiB() {
    String states =
        IntStream.rangeClosed(1, 43)
            .mapToObj(
                i ->
                    assigning(
                        "" + i, 250_000, i == 43 ? "'End':true" : "'Next':'S" + (i + 1) + "'"))
            .collect(Collectors.joining(","));

    RunResult run = LocalRunner.of(jsonata(states)).run("{}");

    assertThat(run.error()).contains("States.DataLimitExceeded");
    assertThat(run.cause().orElseThrow())
        .endsWith(
            "Execution total variable size limit exceeded. State 'S42' assigned variables that"
                + " exceed the total execution limit by 14324 bytes.");
    assertThat(run.history().getLast().id()).isEqualTo(86);
  }

  @Test
  void dataMayBeNestedAThousandTimesAndNoMore() {
    assertThat(Payload.parse("[".repeat(1000) + "]".repeat(1000)).text()).hasSize(2000);
    assertThatThrownBy(() -> Payload.parse("[".repeat(1001) + "]".repeat(1001)))
        .hasMessageContaining("nesting depth");
    RunResult run = LocalRunner.of(loop("'Parameters':{'x.$':'$'},")).run("{}");

    assertThat(run.error()).contains("States.Runtime");
    assertThat(run.cause().orElseThrow()).contains("nesting depth (1001)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$..*..*..*..*..*..*..*",
        "$.deep[?(@ =~ /^(.*a)(.*a)(.*a)(.*a)(.*a)(.*a)b$/)]",
        "$.deep[?(@ =~ /(a|aa)+\\\\1(a|aa)+\\\\2c/i)]"
      })
  void aPathThatRunsAwayFailsItsState(String path) {
    String deep = "[".repeat(300) + "1" + "]".repeat(300);
    String input = "{'deep':['" + "a".repeat(500) + "'],'nested':" + deep + "}";

    RunResult run =
        LocalRunner.of(machine("'P':{'Type':'Pass','InputPath':'" + path + "','End':true}"))
            .run(json(input));

    assertThat(run.error()).contains("States.Runtime");
    assertThat(run.cause().orElseThrow()).contains("The path takes too many steps");
  }

  private static void assertNoMatch(String pattern, String text) {
    String states =
        "'C':{'Type':'Choice','Choices':[{'Variable':'$','StringMatches':'"
            + pattern
            + "','Next':'F'}],'Default':'S'},'S':{'Type':'Succeed'},'F':{'Type':'Fail'}";

    RunResult run = LocalRunner.of(machine(states)).run("\"" + text + "\"");

    assertThat(run.path()).containsExactly("C", "S");
  }

  @Test
  void aWildcardPatternDoesNotRunAway() {
    assertNoMatch("*a".repeat(100) + "b", "a".repeat(100_000));
  }

  /** Neither many stars nor a long text between two of them. */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void aLongWildcardPatternOnALongTextDoesNotRunAway() {
    assertNoMatch("*" + "a".repeat(120_000) + "b*", "a".repeat(250_000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '`',
      value = {
        "a* abc true",
        "*c abc true",
        "a*c ac true",
        "a*b*c axbxbxc true",
        "a*bb*c axbxbxc false",
        "aab*aab aabaaab true",
        "*aab* aaab true",
        "a*a a false",
        "** `` true",
        "* abc true",
        "`` `` true",
        "`` a false",
        "a\\\\* a* true",
        "a\\\\* ab false"
      })
  void aWildcardMatchesAsItDoes(String pattern, String text, boolean matches) {
    RunResult run =
        LocalRunner.of(
                machine(
                    "'C':{'Type':'Choice','Choices':[{'Variable':'$','StringMatches':'"
                        + pattern
                        + "','Next':'F'}],'Default':'S'},'S':{'Type':'Succeed'},'F':{'Type':'Fail'}"))
            .run("\"" + text + "\"");

    assertThat(run.path()).containsExactly("C", matches ? "F" : "S");
  }

  @Test
  void anExecutionLastsAYearAtMost() {
    RunResult run =
        LocalRunner.of(machine("'W':{'Type':'Wait','Seconds':32000000,'End':true}")).run("{}");

    assertThat(run.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
    assertThat(run.virtualTime()).isEqualTo(Duration.ofDays(365));
  }

  @Test
  void aRecursionInAnExpressionFailsTheStateWithJsonatasWords() {
    RunResult run =
        LocalRunner.of(
                jsonata(
                    "'P':{'Type':'Pass','End':true,'Output':'{% ($f := function($n) { 1 + $f($n) };"
                        + " $f(1)) %}'}"))
            .run("{}");

    assertThat(run.error()).contains("States.QueryEvaluationError");
    assertThat(run.cause().orElseThrow())
        .contains(
            "threw an error during evaluation: Stack overflow error: Check for non-terminating"
                + " recursive function.");
  }
}
