// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Tables and items, changed in each way. */
final class TerraformTables implements TerraformPart {
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

  private JsonNode first = Applied.object();
  private JsonNode second = Applied.object();

  @Override
  public String name() {
    return "tables";
  }

  @Override
  public List<String> steps() {
    return List.of(
        configuration("s", FIRST, ITEM.formatted("b")),
        configuration("s", SECOND, ITEM.formatted("c")),
        configuration("s", THIRD, ITEM.formatted("c")),
        // Another key needs a new table.
        configuration("r", THIRD, ""));
  }

  private static String configuration(String rangeKey, String members, String item) {
    return CONFIGURATION.formatted(rangeKey, rangeKey, members, item);
  }

  @Override
  public void check(int step, Applied applied) {
    JsonNode table =
        applied
            .call("dynamodb", "DescribeTable", Applied.object().put("TableName", "orders"))
            .path("Table");
    switch (step) {
      case 0 -> {
        first = table;
        assertThat(applied.output("arn")).isEqualTo(table.path("TableArn").asText());
      }
      case 1 -> {
        second = table;
        assertThat(table.path("TableId")).isEqualTo(first.path("TableId"));
        assertThat(table.path("GlobalSecondaryIndexes")).hasSize(2);
        assertThat(table.path("LatestStreamArn")).isNotEqualTo(first.path("LatestStreamArn"));
        assertThat(table.path("ItemCount").asInt()).isEqualTo(1);
      }
      case 2 -> {
        assertThat(table.path("TableId")).isEqualTo(second.path("TableId"));
        assertThat(table.at("/ProvisionedThroughput/WriteCapacityUnits").asInt()).isEqualTo(6);
        assertThat(table.has("StreamSpecification")).isFalse();
      }
      default -> assertThat(table.path("TableId")).isNotEqualTo(first.path("TableId"));
    }
  }
}
