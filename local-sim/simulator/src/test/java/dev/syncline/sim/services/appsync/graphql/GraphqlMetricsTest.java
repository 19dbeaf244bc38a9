// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of an API in AWS/AppSync. */
class GraphqlMetricsTest {
  @TempDir private Path work;

  private static JsonNode sum(GraphqlWhole api, String metric, String unit) {
    Instant now = api.aws.simulator.clock().now();
    return api.aws
        .call(
            "monitoring",
            "GetMetricStatistics",
            "{'Namespace':'AWS/AppSync','MetricName':'"
                + metric
                + "','Dimensions':[{'Name':'GraphQLAPIId','Value':'"
                + api.apiId
                + "'}],'StartTime':'"
                + now.minus(Duration.ofHours(1))
                + "','EndTime':'"
                + now.plus(Duration.ofHours(1))
                + "','Period':86400,'Statistics':['Sum','SampleCount','Maximum'],'Unit':'"
                + unit
                + "'}")
        .at("/Datapoints/0");
  }

  @Test
  void requestsErrorsAndLatencyAreCounted() {
    try (var api = new GraphqlWhole(work, "'authenticationType':'API_KEY'").standard()) {
      String key = api.key();
      api.query("{ item(id: 1) { id } }", "x-api-key", key);
      // An error of a field is no error of the request.
      api.query("{ boom }", "x-api-key", key);
      api.query("{ item(id: 1) { id } }", "x-api-key", "da2-wrong");
      api.aws
          .simulator
          .faults()
          .once("appsync.graphql-resolver", new Fault.Delay(Duration.ofSeconds(3)));
      api.query("{ item(id: 1) { id } }", "x-api-key", key);
      api.aws.simulator.faults().once("appsync.graphql-request", new Fault.Drop());
      api.query("{ item(id: 1) { id } }", "x-api-key", key);

      assertThat(sum(api, "Requests", "Count").path("Sum").asInt()).isEqualTo(5);
      assertThat(sum(api, "4XXError", "Count").path("Sum").asInt()).isEqualTo(1);
      assertThat(sum(api, "5XXError", "Count").path("Sum").asInt()).isEqualTo(1);
      assertThat(sum(api, "TokensConsumed", "Count").path("Sum").asInt()).isEqualTo(5);
      JsonNode latency = sum(api, "Latency", "Milliseconds");
      assertThat(latency.path("SampleCount").asInt()).isEqualTo(5);
      assertThat(latency.path("Maximum").asDouble()).isGreaterThanOrEqualTo(3000);
    }
  }
}
