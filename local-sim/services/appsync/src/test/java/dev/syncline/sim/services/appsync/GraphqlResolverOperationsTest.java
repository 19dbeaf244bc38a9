// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphqlResolverOperationsTest extends GraphqlControlFixture {
  private static final String JS =
      "'runtime':{'name':'APPSYNC_JS','runtimeVersion':'1.0.0'},'code':'export function"
          + " request(ctx) { return {} } export function response(ctx) { return 1 }'";
  private static final String UNIT = "'dataSourceName':'none'," + TEMPLATES;

  @BeforeEach
  void sources() {
    source("none", "NONE", "");
    source("f", "AWS_LAMBDA", ",'lambdaConfig':{'lambdaFunctionArn':'arn:f'}");
  }

  @Test
  void aUnitResolverIsShownWithItsDefaults() {
    schema(SCHEMA);
    JsonNode resolver = resolver("Query", "post", UNIT);
    assertThat(resolver.path("kind").asText()).isEqualTo("UNIT");
    assertThat(resolver.path("maxBatchSize").isInt()).isTrue();
    assertThat(resolver.path("resolverArn").asText())
        .endsWith("apis/" + id + "/types/Query/resolvers/post");
    assertThat(resolver.has("pipelineConfig")).isFalse();
  }

  @Test
  void aFieldHasOneResolverAndMustExist() {
    assertThat(refusedResolver("Query", "post", UNIT).text()).isEqualTo("Type Query not found");
    schema(SCHEMA);
    resolver("Query", "post", UNIT);
    AwsException second = refusedResolver("Query", "post", UNIT);
    assertThat(second.status()).isEqualTo(400);
    assertThat(second.text()).isEqualTo("Only one resolver is allowed per field.");
    AwsException unknown = refusedResolver("Query", "none", UNIT);
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.text()).isEqualTo("No field named none found on type Query");
    assertThat(refusedResolver("None", "none", UNIT).text()).isEqualTo("Type None not found");
    assertThat(refused("GetResolver", "'typeName':'Query','fieldName':'latest'").text())
        .isEqualTo("No resolver found.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'dataSourceName':'other'| 404| No data source found named other",
        "'kind':'UNIT'| 400| 'dataSourceName' is required",
        "'kind':'PIPELINE'| 400| 'pipelineConfig' is required",
        "'kind':'PIPELINE','dataSourceName':'none'| 400| 'dataSourceName' is not allowed",
        "'kind':'PIPELINE','pipelineConfig':{'functions':['a','b']},'requestMappingTemplate':'{}'"
            + "| 404| The specified functions [a,b] must exist before referencing them from a"
            + " resolver.",
        "'dataSourceName':'none'| 400| 'requestMappingTemplate' is required",
        "'dataSourceName':'none','requestMappingTemplate':'{}'"
            + "| 400| 'responseMappingTemplate' is required",
        "'dataSourceName':'none','code':'x'| 400| 'runtime' is required with 'code'",
        "'dataSourceName':'none','runtime':{'name':'APPSYNC_JS','runtimeVersion':'1.0.0'}"
            + "| 400| 'code' is required with 'runtime'",
        "'dataSourceName':'none','code':'x','requestMappingTemplate':'{}'| 400| exclude each other",
        "'dataSourceName':'f','maxBatchSize':2001| 400| 'maxBatchSize' must be 0 to 2000",
        "'dataSourceName':'f','cachingConfig':{'ttl':1,'cachingKeys':['id']}"
            + "| 400| The caching key 'id'",
        "'dataSourceName':'f','syncConfig':{'conflictDetection':'VERSION'}"
            + "| 400| does not support versioned data sources",
      })
  void wrongMembersAreRefused(String members, int status, String text) {
    schema(SCHEMA);
    AwsException refused = refusedResolver("Query", "post", members);
    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused.text()).contains(text);
  }

  @Test
  void codeIsCheckedAndTemplatesAreNot() {
    schema(SCHEMA);
    AwsException refused =
        refusedResolver(
            "Query",
            "post",
            "'dataSourceName':'none'," + JS.replace("return 1", "while (true) {}"));
    assertThat(refused.text()).isEqualTo("The code contains one or more errors.");
    assertThat(refused.members()).containsEntry("reason", "CODE_ERROR");
    JsonNode resolver = resolver("Query", "post", "'dataSourceName':'none'," + JS);
    assertThat(resolver.at("/runtime/name").asText()).isEqualTo("APPSYNC_JS");
    assertThat(resolver.has("requestMappingTemplate")).isFalse();
    resolver(
        "Query",
        "latest",
        "'dataSourceName':'none','requestMappingTemplate':'#if(','responseMappingTemplate':'#end'");
  }

  @Test
  void aTemplateOver64KilobytesIsRefused() {
    schema(SCHEMA);
    assertThat(
            refusedResolver(
                    "Query",
                    "post",
                    "'dataSourceName':'none','requestMappingTemplate':'" + "x".repeat(65_537) + "'")
                .text())
        .isEqualTo("Invalid request template given, must be less than 64kb in size");
  }

  @Test
  void resolversSurviveTheirField() {
    schema(SCHEMA);
    resolver("Query", "post", UNIT);
    resolver("Query", "latest", UNIT);
    schema("type Query { latest: Int }");
    assertThat(listed("Query")).containsExactly("latest");
    assertThat(refused("GetResolver", "'typeName':'Query','fieldName':'post'").status())
        .isEqualTo(404);
    schema(SCHEMA);
    assertThat(listed("Query")).containsExactly("latest", "post");
    assertThat(refusedResolver("Query", "post", UNIT).text()).contains("Only one resolver");
    of("DeleteResolver", "'typeName':'Query','fieldName':'post'");
    assertThat(listed("Query")).containsExactly("latest");
    assertThat(refused("ListResolvers", "'typeName':'None'").text())
        .isEqualTo("Type None not found");
  }

  @Test
  void functionsAndSourcesInUseCannotBeDeleted() {
    schema(SCHEMA);
    String function = function("none");
    resolver(
        "Mutation",
        "publish",
        "'kind':'PIPELINE','pipelineConfig':{'functions':['" + function + "']}," + TEMPLATES);
    resolver("Query", "post", UNIT);
    assertThat(
            of("ListResolversByFunction", "'functionId':'" + function + "'")
                .path("resolvers")
                .findValuesAsText("fieldName"))
        .containsExactly("publish");
    assertThat(refused("DeleteFunction", "'functionId':'" + function + "'").text())
        .contains("Mutation.publish");
    assertThat(refused("DeleteDataSource", "'name':'none'").text()).contains("Query.post");
    of("DeleteResolver", "'typeName':'Query','fieldName':'post'");
    assertThat(refused("DeleteDataSource", "'name':'none'").text()).contains("function step");
    of("DeleteResolver", "'typeName':'Mutation','fieldName':'publish'");
    of("DeleteFunction", "'functionId':'" + function + "'");
    of("DeleteDataSource", "'name':'none'");
  }

  @Test
  void aDirectResolverHoldsItsSourceAtLambda() {
    schema(SCHEMA);
    resolver("Query", "post", "'dataSourceName':'f'");
    assertThat(refused("UpdateDataSource", "'name':'f','type':'NONE'").text())
        .isEqualTo(
            "Data source is still connected to a resolver that uses mapping template bypass.");
  }

  @Test
  void aFunctionHasATemplateVersionOrARuntime() {
    String function = function("none");
    JsonNode shown =
        of("GetFunction", "'functionId':'" + function + "'").path("functionConfiguration");
    assertThat(shown.path("functionVersion").asText()).isEqualTo("2018-05-29");
    assertThat(
            refused(
                    "CreateFunction",
                    "'name':'js','dataSourceName':'none','functionVersion':'2018-05-29'," + JS)
                .text())
        .isEqualTo("Function version not supported with the provided runtime.");
    assertThat(refused("CreateFunction", "'name':'a','dataSourceName':'x'," + TEMPLATES).text())
        .isEqualTo("No data source found named x");
    assertThat(refused("UpdateFunction", "'functionId':'x','name':'a','dataSourceName':'x'").code())
        .isEqualTo("NotFoundException");
  }

  @ParameterizedTest
  @CsvSource({"zz", "cG9zdA=="})
  void aListRefusesATokenThatItDidNotGive(String token) {
    schema(SCHEMA);
    assertThat(refused("ListResolvers", "'typeName':'Query','nextToken':'" + token + "'").text())
        .isEqualTo("'nextToken' is not valid.");
  }

  private Iterable<String> listed(String type) {
    return of("ListResolvers", "'typeName':'" + type + "'")
        .path("resolvers")
        .findValuesAsText("fieldName");
  }

  private AwsException refusedResolver(String type, String field, String members) {
    return refused(
        "CreateResolver", "'typeName':'" + type + "','fieldName':'" + field + "'," + members);
  }
}
