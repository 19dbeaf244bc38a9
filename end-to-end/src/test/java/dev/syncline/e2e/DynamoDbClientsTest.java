// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbBean;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSecondaryPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSortKey;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Tables by the AWS SDK for Java v2, with its enhanced client, and by the one for JavaScript v3.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DynamoDbClientsTest {
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

  @TempDir Path work;
  @AutoClose private Simulator simulator;

  /** An order, as a program that uses the enhanced client declares it. */
  @DynamoDbBean
  @NullUnmarked
  public static class Order {
    private String customer;
    private Long number;
    private String state;
    private BigDecimal total;
    private Set<String> tags;
    private List<Map<String, Integer>> lines;

    @DynamoDbPartitionKey
    public String getCustomer() {
      return customer;
    }

    public void setCustomer(String customer) {
      this.customer = customer;
    }

    @DynamoDbSortKey
    public Long getNumber() {
      return number;
    }

    public void setNumber(Long number) {
      this.number = number;
    }

    @DynamoDbSecondaryPartitionKey(indexNames = "by-state")
    public String getState() {
      return state;
    }

    public void setState(String state) {
      this.state = state;
    }

    public BigDecimal getTotal() {
      return total;
    }

    public void setTotal(BigDecimal total) {
      this.total = total;
    }

    public Set<String> getTags() {
      return tags;
    }

    public void setTags(Set<String> tags) {
      this.tags = tags;
    }

    public List<Map<String, Integer>> getLines() {
      return lines;
    }

    public void setLines(List<Map<String, Integer>> lines) {
      this.lines = lines;
    }
  }

  @BeforeEach
  void start() {
    simulator =
        Simulator.start(
            SimulatorConfig.defaults(work.resolve("sim"))
                .withPort(0, -1)
                .withClock(new ClockMode.Real()));
  }

  private DynamoDbClient client() {
    return DynamoDbClient.builder()
        .endpointOverride(simulator.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(CREDENTIALS)
        .build();
  }

  private static Order order(String customer, long number, String state) {
    var order = new Order();
    order.setCustomer(customer);
    order.setNumber(number);
    order.setState(state);
    order.setTotal(new BigDecimal("12345678901234567890.12345678901234567"));
    order.setTags(Set.of("a", "b"));
    order.setLines(List.of(Map.of("count", 2)));
    return order;
  }

  @Test
  void theEnhancedClientMapsBeansToItems() {
    try (DynamoDbClient client = client()) {
      var enhanced = DynamoDbEnhancedClient.builder().dynamoDbClient(client).build();
      DynamoDbTable<Order> orders = enhanced.table("orders", TableSchema.fromBean(Order.class));
      orders.createTable();
      client.waiter().waitUntilTableExists(request -> request.tableName("orders"));

      orders.putItem(order("c", 1, "open"));
      Order read = orders.getItem(Key.builder().partitionValue("c").sortValue(1).build());
      assertThat(read.getTotal()).isEqualTo("12345678901234567890.12345678901234567");
      assertThat(read.getTags()).containsExactlyInAnyOrder("a", "b");
      assertThat(read.getLines()).containsExactly(Map.of("count", 2));

      enhanced.batchWriteItem(
          batch -> {
            for (int number : IntStream.range(0, 20).toArray()) {
              batch.addWriteBatch(
                  software.amazon.awssdk.enhanced.dynamodb.model.WriteBatch.builder(Order.class)
                      .mappedTableResource(orders)
                      .addPutItem(order("many", number, number % 2 == 0 ? "open" : "done"))
                      .build());
            }
          });
      assertThat(
              orders
                  .query(
                      QueryConditional.sortBetween(
                          Key.builder().partitionValue("many").sortValue(5).build(),
                          Key.builder().partitionValue("many").sortValue(9).build()))
                  .items())
          .extracting(Order::getNumber)
          .containsExactly(5L, 6L, 7L, 8L, 9L);
      assertThat(
              orders
                  .index("by-state")
                  .query(QueryConditional.keyEqualTo(Key.builder().partitionValue("done").build()))
                  .stream()
                  .flatMap(page -> page.items().stream()))
          .hasSize(10);

      read.setState("done");
      orders.updateItem(read);
      assertThat(orders.getItem(read).getState()).isEqualTo("done");
      assertThatThrownBy(
              () ->
                  orders.putItem(
                      request ->
                          request
                              .item(read)
                              .conditionExpression(
                                  Expression.builder()
                                      .expression("attribute_not_exists(customer)")
                                      .build())))
          .isInstanceOf(ConditionalCheckFailedException.class);
      assertThat(orders.deleteItem(read).getState()).isEqualTo("done");
      assertThat(orders.scan().items().stream()).hasSize(20);
    }
  }

  @Test
  void theSdkForJavaReportsErrorsAndReadsStreams() {
    try (DynamoDbClient client = client();
        DynamoDbStreamsClient streams =
            DynamoDbStreamsClient.builder()
                .endpointOverride(simulator.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .build()) {
      assertThatThrownBy(() -> client.describeTable(request -> request.tableName("none")))
          .isInstanceOf(ResourceNotFoundException.class)
          .hasMessageContaining("Requested resource not found: Table: none not found");
      client.createTable(
          request ->
              request
                  .tableName("plain")
                  .billingMode("PAY_PER_REQUEST")
                  .keySchema(key -> key.attributeName("id").keyType("HASH"))
                  .attributeDefinitions(
                      attribute -> attribute.attributeName("id").attributeType("S"))
                  .streamSpecification(
                      stream -> stream.streamEnabled(true).streamViewType("NEW_AND_OLD_IMAGES")));
      String stream =
          client
              .waiter()
              .waitUntilTableExists(request -> request.tableName("plain"))
              .matched()
              .response()
              .orElseThrow()
              .table()
              .latestStreamArn();
      Map<String, AttributeValue> item =
          Map.of(
              "id", AttributeValue.fromS("1"),
              "n", AttributeValue.fromN("1"));
      client.putItem(request -> request.tableName("plain").item(item));
      assertThat(
              client
                  .updateItem(
                      request ->
                          request
                              .tableName("plain")
                              .key(Map.of("id", AttributeValue.fromS("1")))
                              .updateExpression("ADD n :one")
                              .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1")))
                              .returnValues(ReturnValue.UPDATED_NEW))
                  .attributes())
          .isEqualTo(Map.of("n", AttributeValue.fromN("2")));
      assertThatThrownBy(
              () ->
                  client.transactWriteItems(
                      request ->
                          request.transactItems(
                              action ->
                                  action.put(
                                      put ->
                                          put.tableName("plain")
                                              .item(item)
                                              .conditionExpression("attribute_not_exists(id)")))))
          .isInstanceOfSatisfying(
              TransactionCanceledException.class,
              cancelled ->
                  assertThat(cancelled.cancellationReasons().getFirst().code())
                      .isEqualTo("ConditionalCheckFailed"));
      String shard =
          streams
              .describeStream(request -> request.streamArn(stream))
              .streamDescription()
              .shards()
              .getFirst()
              .shardId();
      String iterator =
          streams
              .getShardIterator(
                  request ->
                      request.streamArn(stream).shardId(shard).shardIteratorType("TRIM_HORIZON"))
              .shardIterator();
      assertThat(streams.getRecords(request -> request.shardIterator(iterator)).records())
          .extracting(record -> record.eventNameAsString())
          .containsExactly("INSERT", "MODIFY");
    }
  }

  @Test
  void theSdkForJavaScriptMapsDocumentsToItems() throws Exception {
    NpmClients npm = NpmClients.installed();
    JsonNode result =
        npm.run(
            "dynamodb.mjs",
            work,
            new ObjectMapper().createObjectNode().put("endpoint", simulator.endpoint().toString()));
    assertThat(result.toString())
        .isEqualTo(
            "{\"table\":\"ACTIVE\",\"found\":20,\"pages\":3,"
                + "\"cancelled\":\"None,ConditionalCheckFailed\","
                + "\"refused\":\"ConditionalCheckFailedException c\","
                + "\"records\":27,\"first\":\"INSERT\"}");
  }
}
