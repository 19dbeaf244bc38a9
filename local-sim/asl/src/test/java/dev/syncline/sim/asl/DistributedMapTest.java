// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

import static dev.syncline.sim.asl.Machines.chain;
import static dev.syncline.sim.asl.Machines.json;
import static dev.syncline.sim.asl.Machines.machine;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.asl.testing.LocalRunner;
import dev.syncline.sim.asl.testing.RunResult;
import dev.syncline.sim.asl.testing.TaskOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
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
        .run("{\"key\":\"k\",\"below\":-1}");
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
        "'InputType':'JSON','MaxItemsPath':'$.below' | [] | field MaxItems must be positive",
        "'InputType':'CSV','CSVHeaderLocation':'GIVEN','CSVHeaders':['H','H'] | 1 | CSV headers"
            + " cannot contain duplicates.",
      })
  void unreadableItemsFailTheMapRun(String config, String content, String cause) {
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

  private static TaskOutcome s3(Map<String, Object> objects, Effect.ScheduleTask task) {
    String key = task.parameters().json().path("Key").asText();
    return switch (task.resource().action()) {
      case "listObjectsV2" -> {
        var listed = JsonNodeFactory.instance.arrayNode();
        objects.keySet().forEach(name -> listed.addObject().put("Key", name));
        yield TaskOutcome.returns(listed);
      }
      default -> {
        Object content = objects.get(key);
        yield TaskOutcome.returns(
            content instanceof byte[] bytes
                ? BinaryNode.valueOf(bytes)
                : TextNode.valueOf(String.valueOf(content)));
      }
    };
  }

  private static String listing(String config) {
    return machine(
        "'M':{'Type':'Map','End':true,"
            + PROCESSOR
            + ",'ItemSelector':{'v.$':'$$.Map.Item.Value','s.$':'$$.Map.Item.Source'}"
            + ",'ItemReader':{'Resource':'arn:aws:states:::s3:listObjectsV2','ReaderConfig':{"
            + config
            + "},'Parameters':{'Bucket':'b','Prefix':'p'}}}");
  }

  @Test
  void aListingGivesItsEntries() {
    Map<String, Object> objects = new TreeMap<>(Map.of("p/1", "[1]", "p/2", "[2]"));

    RunResult result =
        LocalRunner.of(listing("'MaxItems':1")).mock("M", task -> s3(objects, task)).run("{}");

    assertThat(result.json()).hasToString(json("[{'v':{'Key':'p/1'},'s':'S3://b'}]"));
  }

  @Test
  void theObjectsOfAListingAreReadAndFlattened() {
    Map<String, Object> objects =
        new TreeMap<>(Map.of("p/1", "{\"a\":1}\n{\"a\":2}", "p/2", "{\"a\":3}\n{\"a\":4}"));

    RunResult result =
        LocalRunner.of(
                listing("'InputType':'JSONL','Transformation':'LOAD_AND_FLATTEN','MaxItems':3"))
            .mock("M", task -> s3(objects, task))
            .run("{}");

    assertThat(result.json())
        .hasToString(
            json(
                "[{'v':{'a':1},'s':'S3://b/p/1'},{'v':{'a':2},'s':'S3://b/p/1'},"
                    + "{'v':{'a':3},'s':'S3://b/p/2'}]"));
    assertThat(result.tasks()).hasSize(3);
  }

  @Test
  void anInventoryIsReadThroughItsManifest() throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write("\"b\",\"x\"\n\"b\",\"y\"\n".getBytes(StandardCharsets.UTF_8));
    }
    Map<String, Object> objects =
        Map.of(
            "m",
            "{\"fileFormat\":\"CSV\",\"fileSchema\":\"Bucket,"
                + " Key\",\"files\":[{\"key\":\"d.csv.gz\"}]}",
            "d.csv.gz",
            zipped.toByteArray());

    RunResult result =
        LocalRunner.of(reading("'InputType':'MANIFEST'", ""))
            .mock("M", task -> s3(objects, task))
            .run("{\"key\":\"m\"}");

    assertThat(result.json())
        .hasToString(json("[{'Bucket':'b','Key':'x'},{'Bucket':'b','Key':'y'}]"));
  }

  @Test
  void parquetIsRefusedByName() {
    assertThat(
            StateMachineDefinition.validate(
                reading("'InputType':'PARQUET'", ""), WorkflowType.STANDARD))
        .extracting(Diagnostic::message)
        .containsExactly("InputType PARQUET of an ItemReader is not supported");
  }

  @Test
  void aBatchIsNoLargerThanItMayBe() {
    RunResult result =
        read(
            reading("'InputType':'JSON'", ",'ItemBatcher':{'MaxInputBytesPerBatch':20}"),
            "[\"aa\",\"bb\",\"cc\"]");

    // {"Items":["aa","bb"]} has 21 bytes.
    assertThat(result.json())
        .hasToString(json("[{'Items':['aa']},{'Items':['bb']},{'Items':['cc']}]"));
  }

  private static RunResult written(String config, String input) {
    String definition =
        machine(
            "'M':{'Type':'Map','End':true,'ToleratedFailureCount':1,'ItemProcessor':{"
                + "'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},"
                + "'StartAt':'C','States':{'C':{'Type':'Choice','Choices':[{'Variable':'$',"
                + "'IsNull':true,'Next':'F'}],'Default':'P'},'P':{'Type':'Pass','End':true},"
                + "'F':{'Type':'Fail','Error':'E','Cause':'c'}}},'ResultWriter':{"
                + config
                + "'Resource':'arn:aws:states:::s3:putObject','Parameters':{'Bucket':'o'}}}");
    return LocalRunner.of(definition).mock("M", task -> TaskOutcome.returns("{}")).run(input);
  }

  private static String file(RunResult result, String name) {
    return result.tasks().stream()
        .map(task -> task.parameters().json())
        .filter(put -> put.get("Key").asText().endsWith(name))
        .map(put -> put.get("Body").asText())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void resultsAreTransformedAndFailuresAreNot() {
    String compact = "'WriterConfig':{'OutputType':'JSONL','Transformation':'COMPACT'},";
    String flat = "'WriterConfig':{'OutputType':'JSON','Transformation':'FLATTEN'},";

    assertThat(file(written(compact, "[[1,2],[3]]"), "/SUCCEEDED_0.jsonl"))
        .isEqualTo("[1,2]\n[3]\n");
    RunResult flattened = written(flat, "[[1,2],[3],null]");
    assertThat(file(flattened, "/SUCCEEDED_0.json")).isEqualTo("[1,2,3]");
    // Field names and their order as recorded on AWS.
    assertThat(file(flattened, "/FAILED_0.json"))
        .startsWith("[{\"Cause\":\"c\",\"Error\":\"E\",\"ExecutionArn\":")
        .contains(
            "\"OutputDetails\":{\"Included\":true},\"RedriveCount\":0,"
                + "\"RedriveStatus\":\"REDRIVABLE_BY_MAP_RUN\",\"StartDate\":");
  }

  @Test
  void resultsAreWrittenOfARunThatFailsToo() {
    RunResult result = written("", "[null,null,1]");

    assertThat(result.error()).contains("States.ExceedToleratedFailureThreshold");
    assertThat(file(result, "/manifest.json")).contains("FAILED_0.json");
  }

  private static Execution startedOnThreeItems(String states) {
    Execution execution =
        Execution.create(
            StateMachineDefinition.parse(machine(states)),
            ExecutionContext.forTests("m", "e"),
            Payload.parse("[1,2,3]"),
            1);
    execution.start(Instant.EPOCH);
    return execution;
  }

  @Test
  void aMapRunCountsItemsAndChildren() {
    Execution execution =
        startedOnThreeItems(
            "'M':{'Type':'Map','End':true,'MaxConcurrency':1,'ItemBatcher':{"
                + "'MaxItemsPerBatch':2},'ItemProcessor':{'ProcessorConfig':{'Mode':"
                + "'DISTRIBUTED','ExecutionType':'STANDARD'},'StartAt':'W','States':{"
                + "'W':{'Type':'Wait','Seconds':9,'End':true}}}}");
    execution.onTimer("timer-1", Instant.EPOCH.plusSeconds(9));

    MapRun run = execution.mapRuns().getFirst();

    assertThat(run.executionCounts()).isEqualTo(new MapRun.Counts(0, 1, 1, 0, 0, 0, 2, 0, 0, 0));
    assertThat(run.itemCounts()).isEqualTo(new MapRun.Counts(0, 1, 2, 0, 0, 0, 3, 0, 0, 0));
  }

  @Test
  void moreChildrenStartWhenMoreMay() {
    Execution execution =
        startedOnThreeItems(
            "'M':{'Type':'Map','End':true,'MaxConcurrency':1,'ItemProcessor':{"
                + "'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},"
                + "'StartAt':'W','States':{'W':{'Type':'Wait','Seconds':9,'End':true}}}}");

    List<Effect> effects =
        execution.updateMapRun(
            execution.mapRuns().getFirst().arn(), 2L, null, null, Instant.EPOCH.plusSeconds(1));

    assertThat(effects).hasSize(1).hasOnlyElementsOfType(Effect.ScheduleTimer.class);
    assertThat(execution.mapRuns().getFirst().maxConcurrency()).isEqualTo(2);
  }
}
