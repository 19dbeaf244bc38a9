// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Contracts;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.Settings;
import dev.syncline.sim.service.settings.DynamoDbSettings;
import dev.syncline.sim.service.settings.Wording;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** The room alone, on a manual clock, for tests that call its operations with JSON. */
final class DynamoDbCalls implements AutoCloseable {
  static final String ACCOUNT = "111111111111";
  static final String REGION = "us-east-1";
  static final String TABLE_ARN = "arn:aws:dynamodb:us-east-1:111111111111:table/";
  static final Instant START = Instant.parse("2026-03-04T05:06:07Z");

  private static final ObjectMapper JSON = new ObjectMapper();

  final SimClock clock = new SimClock(new ClockMode.Manual(), START, Duration.ZERO);
  final Journal journal = new Journal(clock);
  final Contracts contracts = new Contracts();
  final AwsService service;
  private final Ids ids = new Ids(7);
  private final Dispatcher dispatcher;

  DynamoDbCalls() {
    this(DynamoDbSettings.DEFAULT);
  }

  DynamoDbCalls(Wording wording) {
    this(new DynamoDbSettings(wording, Duration.ZERO, Duration.ZERO, Duration.ZERO));
  }

  DynamoDbCalls(DynamoDbSettings settings) {
    var faults = new FaultPlan(journal, ids);
    dispatcher = new Dispatcher(clock, faults);
    service =
        new DynamoDbProvider()
            .create(
                new ServiceContext(
                    clock,
                    ids.split("dynamodb"),
                    journal,
                    faults,
                    dispatcher,
                    contracts,
                    Settings.NONE.with(settings),
                    ACCOUNT,
                    REGION,
                    Path.of("."),
                    () -> URI.create("http://127.0.0.1:4566")));
    dispatcher.register(service);
  }

  /** JSON; single quotes stand for double ones. */
  static ObjectNode json(String singleQuoted) {
    return parsed(singleQuoted.replace('\'', '"'));
  }

  private static ObjectNode parsed(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (java.io.IOException wrong) {
      throw new IllegalArgumentException(text, wrong);
    }
  }

  JsonNode call(String operation, String input) {
    return call(operation, json(input));
  }

  JsonNode call(String operation, ObjectNode input) {
    var context = new CallContext(ACCOUNT, REGION, ids.uuid().toString(), "", new byte[0]);
    // Through text, so that answers compare by their JSON and not by the classes of their numbers.
    return parsed(dispatcher.call("dynamodb", operation, input, context).json().toString());
  }

  /** The error of a call that fails. */
  AwsException error(String operation, String input) {
    return catchThrowableOfType(AwsException.class, () -> call(operation, input));
  }

  /** The call is refused with a ValidationException of this message. */
  void assertInvalid(String operation, String input, String message) {
    assertRefused(operation, input, "ValidationException", message);
  }

  void assertRefused(String operation, String input, String code, String message) {
    AwsException error = error(operation, input);
    assertThat(error).as(operation + " " + input).isNotNull();
    assertThat(error.text()).as(operation + " " + input).isEqualTo(message);
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.status()).isEqualTo(400);
  }

  /** These calls, after {@link #createTable}. */
  DynamoDbCalls withTable(String name) {
    createTable(name);
    return this;
  }

  /** These calls, after {@link #createIndexedTable}. */
  DynamoDbCalls withIndexedTable(String name) {
    createIndexedTable(name);
    return this;
  }

  /** Creates an on-demand table with the hash key {@code p} of type S. */
  void createTable(String name) {
    call(
        "CreateTable",
        "{'TableName':'"
            + name
            + "','BillingMode':'PAY_PER_REQUEST',"
            + "'AttributeDefinitions':[{'AttributeName':'p','AttributeType':'S'}],"
            + "'KeySchema':[{'AttributeName':'p','KeyType':'HASH'}]}");
  }

  /**
   * Creates an on-demand table with the key {@code p} of type S and {@code s} of type N, the global
   * index {@code byG} of keys only and the local index {@code byL} with {@code x}.
   */
  void createIndexedTable(String name) {
    call(
        "CreateTable",
        """
        {'TableName':'%s','BillingMode':'PAY_PER_REQUEST',
         'AttributeDefinitions':[{'AttributeName':'p','AttributeType':'S'},
           {'AttributeName':'s','AttributeType':'N'},{'AttributeName':'g','AttributeType':'S'},
           {'AttributeName':'l','AttributeType':'N'}],
         'KeySchema':[{'AttributeName':'p','KeyType':'HASH'},{'AttributeName':'s','KeyType':'RANGE'}],
         'GlobalSecondaryIndexes':[{'IndexName':'byG','Projection':{'ProjectionType':'KEYS_ONLY'},
           'KeySchema':[{'AttributeName':'g','KeyType':'HASH'}]}],
         'LocalSecondaryIndexes':[{'IndexName':'byL',
           'Projection':{'ProjectionType':'INCLUDE','NonKeyAttributes':['x']},
           'KeySchema':[{'AttributeName':'p','KeyType':'HASH'},{'AttributeName':'l','KeyType':'RANGE'}]}]}
        """
            .formatted(name));
  }

  JsonNode describe(String name) {
    return call("DescribeTable", "{'TableName':'" + name + "'}").path("Table");
  }

  @Override
  public void close() {
    service.close();
    clock.close();
  }
}
