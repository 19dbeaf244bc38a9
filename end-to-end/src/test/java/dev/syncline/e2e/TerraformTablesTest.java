// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.simulator.Simulator;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The tables and items of Terraform's provider: made, changed in each way, and destroyed. */
@Timeout(600)
@Execution(ExecutionMode.CONCURRENT)
class TerraformTablesTest {
  private static final String CONFIGURATION =
      """
      resource "aws_dynamodb_table" "orders" {
        name      = "orders"
        hash_key  = "p"
        range_key = "%s"
        attribute {
          name = "p"
          type = "S"
        }
        attribute {
          name = "%s"
          type = "N"
        }
        local_secondary_index {
          name            = "local"
          range_key       = "g"
          projection_type = "KEYS_ONLY"
        }
        attribute {
          name = "g"
          type = "S"
        }
      %s
      }

      %s

      data "aws_dynamodb_table" "orders" {
        name = aws_dynamodb_table.orders.name
      }

      output "arn" {
        value = data.aws_dynamodb_table.orders.arn
      }
      """;

  private static final String ITEM =
      """
      resource "aws_dynamodb_table_item" "first" {
        table_name = aws_dynamodb_table.orders.name
        hash_key   = aws_dynamodb_table.orders.hash_key
        range_key  = aws_dynamodb_table.orders.range_key
        item = jsonencode({
          p = { S = "x" }
          s = { N = "1" }
          a = { S = "%s" }
        })
      }
      """;

  private static final String FIRST =
      """
        billing_mode     = "PAY_PER_REQUEST"
        stream_enabled   = true
        stream_view_type = "NEW_AND_OLD_IMAGES"
        global_secondary_index {
          name            = "by_g"
          hash_key        = "g"
          projection_type = "ALL"
        }
        ttl {
          attribute_name = "expires"
          enabled        = true
        }
        point_in_time_recovery {
          enabled = true
        }
        tags = {
          kind = "orders"
          step = "one"
        }
      """;

  /** Another index, view type, class, limit and encryption, and another shape of an index. */
  private static final String SECOND =
      """
        billing_mode                = "PAY_PER_REQUEST"
        stream_enabled              = true
        stream_view_type            = "KEYS_ONLY"
        table_class                 = "STANDARD_INFREQUENT_ACCESS"
        deletion_protection_enabled = true
        attribute {
          name = "h"
          type = "N"
        }
        global_secondary_index {
          name               = "by_g"
          hash_key           = "g"
          projection_type    = "INCLUDE"
          non_key_attributes = ["a"]
        }
        global_secondary_index {
          name            = "by_h"
          hash_key        = "h"
          range_key       = "p"
          projection_type = "KEYS_ONLY"
        }
        on_demand_throughput {
          max_read_request_units  = 10
          max_write_request_units = 20
        }
        server_side_encryption {
          enabled = true
        }
        ttl {
          attribute_name = "expires"
          enabled        = true
        }
        point_in_time_recovery {
          enabled                 = true
          recovery_period_in_days = 7
        }
        tags = {
          step = "two"
        }
      """;

  /** Provisioned; without stream, time to live, recovery, encryption and an index. */
  private static final String THIRD =
      """
        billing_mode   = "PROVISIONED"
        read_capacity  = 5
        write_capacity = 6
        global_secondary_index {
          name               = "by_g"
          hash_key           = "g"
          projection_type    = "INCLUDE"
          non_key_attributes = ["a"]
          read_capacity      = 1
          write_capacity     = 2
        }
      """;

  @TempDir Path scratch;

  private static String configuration(String rangeKey, String members, String item) {
    return CONFIGURATION.formatted(rangeKey, rangeKey, members, item);
  }

  @Test
  void tablesAndItemsAreMadeChangedInEachWayAndDestroyed() throws Exception {
    try (var simulator =
        Simulator.start(Deployed.config().withPort(0, -1).withClock(new ClockMode.Real()))) {
      Terraform terraform =
          Terraform.of(
              configuration("s", FIRST, ITEM.formatted("b")),
              scratch,
              Map.of("AWS_ENDPOINT_URL", simulator.endpoint().toString()));
      terraform.apply();
      JsonNode first = table(simulator);
      assertThat(terraform.output("arn")).isEqualTo(first.path("TableArn").asText());

      terraform.change(configuration("s", SECOND, ITEM.formatted("c")));
      JsonNode second = table(simulator);
      assertThat(second.path("TableId")).isEqualTo(first.path("TableId"));
      assertThat(second.path("GlobalSecondaryIndexes")).hasSize(2);
      assertThat(second.path("LatestStreamArn")).isNotEqualTo(first.path("LatestStreamArn"));
      assertThat(second.path("ItemCount").asInt()).isEqualTo(1);

      terraform.change(configuration("s", THIRD, ITEM.formatted("c")));
      JsonNode third = table(simulator);
      assertThat(third.path("TableId")).isEqualTo(first.path("TableId"));
      assertThat(third.at("/ProvisionedThroughput/WriteCapacityUnits").asInt()).isEqualTo(6);
      assertThat(third.has("StreamSpecification")).isFalse();

      // Another key needs a new table.
      terraform.change(configuration("r", THIRD, ""));
      assertThat(table(simulator).path("TableId")).isNotEqualTo(first.path("TableId"));

      terraform.run("destroy", "-auto-approve").succeeded("destroy");
      assertThat(call(simulator, "ListTables", object()).path("TableNames")).isEmpty();
    }
  }

  private static JsonNode table(Simulator simulator) {
    return call(simulator, "DescribeTable", object().put("TableName", "orders")).path("Table");
  }

  private static JsonNode call(Simulator simulator, String operation, ObjectNode input) {
    return simulator
        .dispatcher()
        .call("dynamodb", operation, input, simulator.internalCall())
        .json();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
