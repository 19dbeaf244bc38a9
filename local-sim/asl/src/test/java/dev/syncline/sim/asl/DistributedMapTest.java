// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

import static dev.syncline.sim.asl.Machines.chain;
import static dev.syncline.sim.asl.Machines.json;
import static dev.syncline.sim.asl.Machines.machine;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.asl.testing.LocalRunner;
import dev.syncline.sim.asl.testing.RunResult;
import dev.syncline.sim.asl.testing.TaskOutcome;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributedMapTest {
  private static final String PROCESSOR =
      "'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},"
          + "'StartAt':'P','States':{'P':{'Type':'Pass','End':true}}}";

  private static String reading(String config, String more) {
    return machine(
        "'M':{'Type':'Map','End':true,"
            + PROCESSOR
            + more
            + ",'ItemReader':{'Resource':'arn:aws:states:::s3:getObject','ReaderConfig':{"
            + config
            + "},'Parameters':{'Bucket':'b','Key.$':'$.key'}}}");
  }

  private static RunResult read(String definition, String content) {
    return LocalRunner.of(definition)
        .mock("M", TaskOutcome.returns(TextNode.valueOf(content)))
        .run("{\"key\":\"k\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'InputType':'JSON' | [1,2] | [1,2]",
        "'InputType':'JSON','MaxItems':1 | [1,2] | [1]",
        "'InputType':'JSON','MaxItems':0 | [1,2] | [1,2]",
        "'InputType':'JSON','ItemsPointer':'/a/b' | {'a':{'b':[3]}} | [3]",
        "'InputType':'JSONL' | {'a':1}~~{'a':2}~ | [{'a':1},{'a':2}]",
        "'InputType':'CSV','CSVHeaderLocation':'FIRST_ROW' | A,B~1,2~,~3~   ~'x','y''z~w',4 |"
            + " [{'A':'1','B':'2'},{'A':'','B':''},{'A':'3','B':''},{'A':'  "
            + " ','B':''},{'A':'x','B':'y\\\"z\\n"
            + "w'}]",
        "'InputType':'CSV','CSVHeaderLocation':'GIVEN','CSVHeaders':['H'],'CSVDelimiter':'PIPE' |"
            + " 1;2~3 | [{'H':'1;2'},{'H':'3'}]",
      })
  void anItemReaderReads(String config, String content, String expected) {
    RunResult result = read(reading(config, ""), json(content).replace('~', '\n'));

    assertThat(result.json()).as("%s", result).hasToString(json(expected));
    assertThat(result.tasks().getFirst().parameters().text())
        .isEqualTo("{\"Bucket\":\"b\",\"Key\":\"k\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'InputType':'JSON' | {} | Attempting to map over non-iterable node.",
        "'InputType':'JSON','MaxItems':-1 | [] | field MaxItems must be positive",
        "'InputType':'CSV','CSVHeaderLocation':'GIVEN','CSVHeaders':['H','H'] | 1 | CSV headers"
            + " cannot contain duplicates.",
      })
  void whatCannotBeReadFailsTheMapRun(String config, String content, String cause) {
    RunResult result = read(reading(config, ""), content);

    assertThat(result.error()).contains("States.ItemReaderFailed");
    assertThat(result.cause()).contains(cause);
    assertThat(chain(result))
        .containsExactly(
            "1<0 ExecutionStarted",
            "2<0 MapStateEntered",
            "3<2 MapStateStarted",
            "4<3 MapRunStarted",
            "5<4 MapRunFailed",
            "6<5 MapStateFailed",
            "7<6 ExecutionFailed");
  }

  @Test
  void aBatcherPutsItemsTogether() {
    RunResult result =
        read(
            reading(
                "'InputType':'JSON'",
                ",'ItemBatcher':{'MaxItemsPerBatch':2,'BatchInput':{'from.$':'$.key'}}"),
            "[1,2,3]");

    assertThat(result.json())
        .hasToString(
            json(
                "[{'BatchInput':{'from':'k'},'Items':[1,2]},{'BatchInput':{'from':'k'},'Items':[3]}]"));
  }

  @Test
  void aResultWriterPutsResultsAndAManifest() throws Exception {
    String definition =
        machine(
            "'M':{'Type':'Map','End':true,"
                + PROCESSOR
                + ",'ResultWriter':{'Resource':'arn:aws:states:::s3:putObject','Parameters':"
                + "{'Bucket':'out','Prefix':'res'}}}");

    RunResult result =
        LocalRunner.of(definition).mock("M", task -> TaskOutcome.returns("{}")).run("[1,2]");

    List<Effect.ScheduleTask> puts = result.tasks();
    assertThat(puts).hasSize(2);
    String manifestKey = result.json().at("/ResultWriterDetails/Key").asText();
    assertThat(manifestKey).startsWith("res/").endsWith("/manifest.json");
    assertThat(puts.getLast().parameters().json().get("Key").asText()).isEqualTo(manifestKey);
    var results =
        new ObjectMapper().readTree(puts.getFirst().parameters().json().get("Body").asText());
    assertThat(results).hasSize(2);
    assertThat(results.at("/1/Output").asText()).isEqualTo("2");
    assertThat(results.at("/1/Status").asText()).isEqualTo("SUCCEEDED");
  }

  @Test
  void noMoreChildrenRunAtOnceThanTheyMayAndAllRunOnce() {
    String definition =
        machine(
            "'M':{'Type':'Map','MaxConcurrency':2,'End':true,'ItemProcessor':{'ProcessorConfig':"
                + "{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},'StartAt':'W','States':"
                + "{'W':{'Type':'Wait','Seconds':1,'End':true}}}}");

    RunResult result = LocalRunner.of(definition).run("[1,2,3,4,5]");

    assertThat(result.virtualTime().toSeconds()).isEqualTo(3);
    assertThat(result.json()).hasToString("[1,2,3,4,5]");
  }

  @Test
  void aMapRunShowsItsChildren() {
    Execution execution =
        Execution.create(
            StateMachineDefinition.parse(
                machine("'M':{'Type':'Map','Label':'L','End':true," + PROCESSOR + "}")),
            ExecutionContext.forTests("m", "e"),
            Payload.parse("[1,2]"),
            1);
    execution.start(Instant.EPOCH);

    MapRun run = execution.mapRuns().getFirst();
    assertThat(run.arn()).startsWith("arn:aws:states:us-east-1:111111111111:mapRun:m/L:");
    assertThat(run.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(run.children()).hasSize(2);
    assertThat(run.children().get(1).context().arn())
        .startsWith("arn:aws:states:us-east-1:111111111111:execution:m/L:");
    assertThat(run.children().get(1).history())
        .extracting(event -> event.type().aws())
        .containsExactly(
            "ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded");
  }

  @Test
  void stoppingStopsTheChildren() {
    Execution execution =
        Execution.create(
            StateMachineDefinition.parse(
                machine(
                    "'M':{'Type':'Map','End':true,'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED',"
                        + "'ExecutionType':'STANDARD'},'StartAt':'W','States':{'W':{'Type':'Wait','Seconds':9,'End':true}}}}")),
            ExecutionContext.forTests("m", "e"),
            Payload.parse("[1]"),
            1);
    execution.start(Instant.EPOCH);

    List<Effect> effects = execution.stop(null, null, Instant.EPOCH);

    assertThat(effects)
        .containsExactly(
            new Effect.CancelTimer("timer-1"),
            new Effect.ExecutionEnded(ExecutionStatus.ABORTED, null, null, null));
    assertThat(execution.mapRuns().getFirst().status()).isEqualTo(ExecutionStatus.ABORTED);
    assertThat(execution.mapRuns().getFirst().children().getFirst().status())
        .isEqualTo(ExecutionStatus.ABORTED);
  }
}
