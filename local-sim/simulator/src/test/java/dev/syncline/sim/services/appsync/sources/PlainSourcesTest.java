// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultRule;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PlainSourcesTest extends SourceFixture {
  @Test
  void aSourceWithoutTypeReturnsThePayload() {
    source("none", DataSource.Type.NONE, "{}");
    assertThat(value("none", "{'version':'2018-05-29','payload':{'a':[1]}}"))
        .isEqualTo(json("{'a':[1]}"));
    assertThat(value("none", "{}").isNull()).isTrue();
  }

  @Test
  void anUnknownSourceIsNamed() {
    assertThat(failure("absent", "{}"))
        .isEqualTo("NotFoundException: No data source found named absent");
  }

  @ParameterizedTest
  @EnumSource(
      value = DataSource.Type.class,
      names = {
        "RELATIONAL_DATABASE",
        "AMAZON_OPENSEARCH_SERVICE",
        "AMAZON_ELASTICSEARCH",
        "AMAZON_BEDROCK_RUNTIME"
      })
  void aTypeThatTheSimulatorCannotCallIsNamed(DataSource.Type type) {
    source("s", type, "{}");
    assertThat(failure("s", "{'operation':'GET'}"))
        .isEqualTo("NotImplemented: The simulator does not support data sources of type " + type);
  }

  @ParameterizedTest
  @CsvSource({
    "ProvisionedThroughputExceededException,DynamoDB:ProvisionedThroughputExceededException",
    "InternalServerError,DynamoDB:InternalServerErrorException",
    "ThrottlingException,DynamoDB:DynamoDbException"
  })
  void anErrorHasTheNameOfTheClassOfTheSdk(String code, String errorType) {
    table("things", "");
    whole
        .simulator
        .faults()
        .add(
            new FaultRule(
                "call",
                Map.of("service", "dynamodb", "operation", "Scan"),
                1,
                1,
                new Fault.Refuse(500, code, "planned")));
    assertThat(failure("things", "{'operation':'Scan'}"))
        .startsWith(errorType + ": planned (Service: DynamoDb, Status Code: 500, Request ID: ");
    assertThat(value("things", "{'operation':'Scan'}").path("items")).isEmpty();
  }
}
