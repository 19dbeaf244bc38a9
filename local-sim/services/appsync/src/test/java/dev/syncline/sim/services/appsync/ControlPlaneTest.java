// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of all operations: missing resources, pages, tags and the table of operations. */
class ControlPlaneTest extends ControlPlaneFixture {
  @Test
  void missingResourcesAreNotFound() {
    for (String operation :
        List.of("GetApi", "DeleteApi", "ListApiKeys", "ListChannelNamespaces")) {
      AwsException failure = simulation.fail(operation, "{'apiId':'nope'}");
      assertThat(failure.code()).isEqualTo("NotFoundException");
      assertThat(failure.status()).isEqualTo(404);
    }
    for (String operation : List.of("GetChannelNamespace", "DeleteChannelNamespace")) {
      AwsException failure =
          simulation.fail(operation, "{'apiId':'" + simulation.apiId + "','name':'nope'}");
      assertThat(failure.status()).isEqualTo(404);
      assertThat(failure.text()).contains("nope");
    }
    for (String operation : List.of("UpdateApiKey", "DeleteApiKey")) {
      AwsException failure =
          simulation.fail(operation, "{'apiId':'" + simulation.apiId + "','id':'da2-nope'}");
      assertThat(failure.status()).isEqualTo(404);
      assertThat(failure.text()).doesNotContain("da2-nope");
    }
  }

  @Test
  void listsComePageByPage() {
    for (int i = 0; i < 30; i++) {
      simulation.createNamespace(simulation.apiId, "n" + i);
    }
    var names = new ArrayList<String>();
    String token = "";
    int pages = 0;
    do {
      JsonNode page =
          call(
              "ListChannelNamespaces",
              "{'apiId':'"
                  + simulation.apiId
                  + "','maxResults':10"
                  + (token.isEmpty() ? "" : ",'nextToken':'" + token + "'")
                  + "}");
      page.path("channelNamespaces").forEach(item -> names.add(item.path("name").asText()));
      token = page.path("nextToken").asText();
      pages++;
    } while (!token.isEmpty());

    assertThat(pages).isEqualTo(4);
    assertThat(names).hasSize(31).doesNotHaveDuplicates();
    assertThat(call("ListChannelNamespaces", api()).path("channelNamespaces")).hasSize(25);
    assertThat(simulation.fail("ListApis", "{'maxResults':26}").text()).contains("maxResults");
    assertThat(simulation.fail("ListApis", "{'nextToken':'!'}").text()).contains("nextToken");
    assertThat(simulation.fail("ListApis", "{'nextToken':''}").text()).contains("nextToken");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a#b", "aws:x"})
  void aTagGoesByAKeyOfTheModelsForm(String key) {
    String arn = call("GetApi", api()).at("/api/apiArn").asText();

    AwsException refused =
        simulation.fail("UntagResource", "{'resourceArn':'" + arn + "','tagKeys':['" + key + "']}");

    assertThat(refused.code()).isEqualTo("BadRequestException");
    assertThat(refused.text()).contains("tag key '" + key + "'");
  }

  @Test
  void tagsOfApisAndNamespacesAreChanged() {
    String api = "arn:aws:appsync:us-east-1:111111111111:apis/" + simulation.apiId;
    for (String arn : List.of(api, api + "/channelNamespace/default")) {
      call("TagResource", "{'resourceArn':'" + arn + "','tags':{'a':'1','b':'2'}}");
      call("TagResource", "{'resourceArn':'" + arn + "','tags':{'b':'3'}}");
      call("UntagResource", "{'resourceArn':'" + arn + "','tagKeys':['a']}");
      assertThat(call("ListTagsForResource", "{'resourceArn':'" + arn + "'}").toString())
          .isEqualTo("{\"tags\":{\"b\":\"3\"}}");
    }
    assertThat(call("GetApi", api()).at("/api/tags/b").asText()).isEqualTo("3");
    for (String arn : List.of(api + "x", api + "/channelNamespace/x", "arn:aws:sqs:a:b:c")) {
      assertThat(simulation.fail("ListTagsForResource", "{'resourceArn':'" + arn + "'}").status())
          .isBetween(400, 404);
    }
  }

  @Test
  void everyOperationHasAPlaceOfItsOwn() {
    var places = new HashSet<String>();
    for (Operation operation : simulation.service.operations()) {
      HttpBinding http = Objects.requireNonNull(operation.http());
      assertThat(places.add(http.method() + " " + http.uri())).as(operation.name()).isTrue();
    }
    assertThat(places).isNotEmpty();
  }
}
