// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSourceChecksTest {
  private static ObjectNode read(String members) {
    try {
      ObjectNode json = (ObjectNode) Json.MAPPER.readTree("{" + members.replace('\'', '"') + "}");
      return DataSourceChecks.read(
              new Input(json), "d", "arn:d", EnumSet.allOf(DataSource.Type.class))
          .json();
    } catch (JsonProcessingException malformed) {
      throw new AssertionError(malformed);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'type':'NONE'",
        "'type':'AMAZON_BEDROCK_RUNTIME','serviceRoleArn':'arn:r'",
        "'type':'AMAZON_DYNAMODB','dynamodbConfig':{'tableName':'t','awsRegion':'r',"
            + "'useCallerCredentials':true,'versioned':false}",
        "'type':'HTTP','httpConfig':{'endpoint':'https://h','authorizationConfig':"
            + "{'authorizationType':'AWS_IAM','awsIamConfig':{'signingRegion':'r',"
            + "'signingServiceName':'s'}}}",
        "'type':'RELATIONAL_DATABASE','relationalDatabaseConfig':{'relationalDatabaseSourceType':"
            + "'RDS_HTTP_ENDPOINT','rdsHttpEndpointConfig':{'awsRegion':'r',"
            + "'dbClusterIdentifier':'c','databaseName':'d','schema':'s','awsSecretStoreArn':'a'}}",
        "'type':'AMAZON_OPENSEARCH_SERVICE','openSearchServiceConfig':{'endpoint':'https://e',"
            + "'awsRegion':'r'}",
        "'type':'AMAZON_ELASTICSEARCH','elasticsearchConfig':{'endpoint':'https://e',"
            + "'awsRegion':'r'}"
      })
  void everyTypeIsEchoed(String members) throws JsonProcessingException {
    ObjectNode expected =
        (ObjectNode)
            Json.MAPPER.readTree(
                "{'dataSourceArn':'arn:d','name':'d',".replace('\'', '"')
                    + members.replace('\'', '"')
                    + "}");
    assertThat(read(members)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          'type':'AMAZON_DYNAMODB'                                                | dynamodbConfig
          'type':'AMAZON_DYNAMODB','dynamodbConfig':{'tableName':'t'}             | awsRegion
          'type':'AMAZON_DYNAMODB','dynamodbConfig':{'tableName':'t','awsRegion':'r','versioned':true} | versioned
          'type':'AMAZON_DYNAMODB','dynamodbConfig':{'tableName':'t','awsRegion':'r','table':'x'} | dynamodbConfig.table
          'type':'NONE','dynamodbConfig':{}                                       | dynamodbConfig
          'type':'HTTP','httpConfig':{'endpoint':'https://h/path'}                | httpConfig.endpoint
          'type':'HTTP','httpConfig':{'endpoint':'https://h','authorizationConfig':{'authorizationType':'KEY'}} | httpConfig.authorizationConfig.authorizationType
          'type':'GRAPH'                                                          | GRAPH
          """)
  void aMemberThatIsWrongIsNamed(String members, String named) {
    assertThatThrownBy(() -> read(members)).hasMessageContaining(named);
  }

  @Test
  void anEventApiHasFewerTypes() {
    Input input = new Input(Json.object().put("type", "AMAZON_BEDROCK_RUNTIME"));
    assertThatThrownBy(() -> DataSourceChecks.read(input, "d", "arn:d", DataSource.Type.OF_EVENTS))
        .hasMessageContaining("AMAZON_BEDROCK_RUNTIME");
  }

  @Test
  void anEventApiDoesNotSignRequests() {
    ObjectNode json = Json.object().put("type", "HTTP");
    json.putObject("httpConfig")
        .put("endpoint", "https://h")
        .putObject("authorizationConfig")
        .put("authorizationType", "AWS_IAM");
    assertThatThrownBy(
            () -> DataSourceChecks.read(new Input(json), "d", "arn:d", DataSource.Type.OF_EVENTS))
        .hasMessageContaining("'httpConfig.authorizationConfig' for Event APIs");
  }
}
