// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that create, change, list and delete mappings from streams. */
class StreamMappingRequestsTest extends StreamMappingFixture {
  @Test
  void theDefaultsAreShownAsAwsShowsThem() {
    JsonNode created =
        bench.call(
            "CreateEventSourceMapping",
            "{'FunctionName':'f','EventSourceArn':'"
                + WrittenStream.ARN
                + "','StartingPosition':'TRIM_HORIZON'}");
    ObjectNode shown = created.deepCopy();
    String uuid = shown.remove("UUID").asText();
    shown.remove("LastModified");
    assertThat(MappingBench.json(shown.toString()))
        .isEqualTo(
            MappingBench.json(
                ("{'BatchSize':100,'BisectBatchOnFunctionError':false,"
                    + "'DestinationConfig':{'OnFailure':{}},'EventSourceArn':'"
                    + WrittenStream.ARN
                    + "','EventSourceMappingArn':"
                    + "'arn:aws:lambda:us-east-1:111111111111:event-source-mapping:"
                    + uuid
                    + "','FunctionArn':'"
                    + MappingBench.FUNCTION
                    + "','FunctionResponseTypes':[],'LastProcessingResult':'No records processed',"
                    + "'MaximumBatchingWindowInSeconds':0,'MaximumRecordAgeInSeconds':-1,"
                    + "'MaximumRetryAttempts':-1,'ParallelizationFactor':1,"
                    + "'StartingPosition':'TRIM_HORIZON','State':'Creating',"
                    + "'StateTransitionReason':'User action','TumblingWindowInSeconds':0}")));
    assertThat(state("GetEventSourceMapping", uuid, "")).isEqualTo("Enabled");
    assertThat(state("UpdateEventSourceMapping", uuid, ",'Enabled':false")).isEqualTo("Disabling");
    assertThat(state("GetEventSourceMapping", uuid, "")).isEqualTo("Disabled");
    assertThat(state("DeleteEventSourceMapping", uuid, "")).isEqualTo("Deleting");
    assertThatThrownBy(() -> state("GetEventSourceMapping", uuid, ""))
        .isInstanceOfSatisfying(
            AwsException.class,
            error -> assertThat(error.code()).isEqualTo("ResourceNotFoundException"));
  }

  private String state(String operation, String uuid, String more) {
    return bench.call(operation, "{'UUID':'" + uuid + "'" + more + "}").path("State").asText();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'StartingPosition':null | InvalidParameterValueException | 1 validation error detected:"
            + " Value null at 'startingPosition' failed to satisfy constraint: Member must not be"
            + " null.",
        "'StartingPosition':'invalid' | ValidationException | 1 validation error detected: Value"
            + " 'invalid' at 'startingPosition' failed to satisfy constraint: Member must satisfy"
            + " enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]",
        "'StartingPosition':'AT_TIMESTAMP' | InvalidParameterValueException | Unsupported starting"
            + " position for arn type: "
            + WrittenStream.ARN,
        "'StartingPosition':'LATEST','BatchSize':0 | ValidationException | 1 validation error"
            + " detected: Value '0' at 'batchSize' failed to satisfy constraint: Member must have"
            + " value greater than or equal to 1",
        "'StartingPosition':'LATEST','ParallelizationFactor':11 | ValidationException | 1"
            + " validation error detected: Value '11' at 'parallelizationFactor' failed to satisfy"
            + " constraint: Member must have value less than or equal to 10",
        "'StartingPosition':'LATEST','TumblingWindowInSeconds':5 | InvalidParameterValueException |"
            + " The simulator does not support TumblingWindowInSeconds above 0 for event source"
            + " mappings.",
        "'StartingPosition':'LATEST','DestinationConfig':{'OnFailure':{'Destination':"
            + "'arn:aws:sns:us-east-1:111111111111:t'}} | InvalidParameterValueException | The"
            + " simulator does not support the service 'sns' as a destination of event source"
            + " mappings.",
        "'StartingPosition':'LATEST','FilterCriteria':{'Filters':[{'Pattern':'single-string'}]} |"
            + " InvalidParameterValueException | Invalid filter pattern definition."
      },
      quoteCharacter = '`')
  void whatCannotWorkIsRefused(String members, String code, String message) {
    assertThatThrownBy(
            () ->
                bench.call(
                    "CreateEventSourceMapping",
                    "{'FunctionName':'f','EventSourceArn':'"
                        + WrittenStream.ARN
                        + "',"
                        + members
                        + "}"))
        .isInstanceOfSatisfying(
            AwsException.class,
            error -> {
              assertThat(error.text()).isEqualTo(message);
              assertThat(error.code()).isEqualTo(code);
            });
  }

  @Test
  void unknownFunctionsAndSourcesAreRefusedAndListNothing() {
    assertThatThrownBy(() -> bench.call("CreateEventSourceMapping", "{'FunctionName':'none'}"))
        .hasMessage("Unrecognized event source.");
    String queue = "'EventSourceArn':'arn:aws:sqs:us-east-1:111111111111:q'";
    assertThatThrownBy(
            () -> bench.call("CreateEventSourceMapping", "{'FunctionName':'none'," + queue + "}"))
        .hasMessage("Function does not exist");
    assertThatThrownBy(
            () ->
                bench.call(
                    "CreateEventSourceMapping",
                    "{'FunctionName':'none',"
                        + queue
                        + ",'DestinationConfig':{'OnSuccess':{'Destination':'"
                        + QUEUE
                        + "'}}}"))
        .hasMessage("Unsupported DestinationConfig parameter for given event source mapping type.");
    bench.map("");
    assertThat(listed("{'FunctionName':'none'}")).isZero();
    assertThat(listed("{" + queue + "}")).isZero();
    assertThat(listed("{'FunctionName':'f'}")).isEqualTo(1);
    assertThat(listed("{'EventSourceArn':'" + WrittenStream.ARN + "'}")).isEqualTo(1);
  }

  private int listed(String filter) {
    return bench.call("ListEventSourceMappings", filter).path("EventSourceMappings").size();
  }

  @Test
  void anUnknownStreamAndASecondMappingAreRefused() {
    String unknown = WrittenStream.ARN.replace("things", "others");
    assertThatThrownBy(
            () ->
                bench.call(
                    "CreateEventSourceMapping",
                    "{'FunctionName':'f','StartingPosition':'LATEST','EventSourceArn':'"
                        + unknown
                        + "'}"))
        .hasMessage("Stream not found: " + unknown);
    String uuid = bench.map("");
    assertThatThrownBy(() -> bench.map(""))
        .isInstanceOfSatisfying(
            AwsException.class, error -> assertThat(error.status()).isEqualTo(409))
        .hasMessage(
            "The event source arn (\" "
                + WrittenStream.ARN
                + " \") and function (\" f \") provided mapping already exists. Please update or"
                + " delete the existing mapping with UUID "
                + uuid);
  }
}
