// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.service.Input;
import dev.syncline.sim.services.dynamodb.TableDescription.Billing;
import dev.syncline.sim.services.dynamodb.Throughput.Units;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads billing modes and throughput, and refuses them in the words of AWS. */
final class ThroughputRules {
  private static final long MAX_UNITS = 1_000_000_000_000L;
  private static final long NO_LIMIT = -1;
  private static final String ON_DEMAND = "PAY_PER_REQUEST";
  private static final String MAX_READ = "MaxReadRequestUnits";
  private static final String MAX_WRITE = "MaxWriteRequestUnits";

  private ThroughputRules() {}

  /** Whether the billing mode is on demand. */
  static boolean isOnDemand(Input input) {
    return input.text("BillingMode").orElse("PROVISIONED").equals(ON_DEMAND);
  }

  /** The billing of a new table. */
  static Billing create(Input input, Instant now) {
    boolean onDemand = isOnDemand(input);
    if (onDemand && input.has("ProvisionedThroughput")) {
      throw unitsOnDemand();
    }
    if (!onDemand && !input.has("ProvisionedThroughput")) {
      throw unitsRequired();
    }
    Throughput throughput =
        onDemand ? Throughput.ON_DEMAND : provisioned(input.structure("ProvisionedThroughput"));
    return new Billing(onDemand, more(input, throughput, onDemand), onDemand ? now : null);
  }

  /** Provisioned units on a table that is on demand. */
  static RuntimeException unitsOnDemand() {
    return DynamoDbErrors.invalidParameter(
        "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is"
            + " PAY_PER_REQUEST");
  }

  /** No provisioned units on a table that is not on demand. */
  static RuntimeException unitsRequired() {
    return DynamoDbErrors.invalidParameter(
        "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is"
            + " PROVISIONED");
  }

  /** The provisioned units of a table. */
  static Throughput provisioned(Optional<Input> given) {
    Input units = given.orElseThrow();
    long read = units.longInteger("ReadCapacityUnits").orElseThrow();
    long write = units.longInteger("WriteCapacityUnits").orElseThrow();
    requireBounds(read, "ReadCapacityUnits");
    requireBounds(write, "WriteCapacityUnits");
    return Throughput.provisioned(read, write);
  }

  private static void requireBounds(long units, String member) {
    if (units > MAX_UNITS) {
      throw DynamoDbErrors.validation(
          "Given value " + units + " for " + member + " is out of bounds");
    }
  }

  /** The throughput of a global index of a table with this billing mode. */
  static Throughput index(Input index, boolean onDemand) {
    String name = index.requiredText("IndexName");
    if (onDemand && index.has("ProvisionedThroughput")) {
      throw DynamoDbErrors.invalidParameter(
          "ProvisionedThroughput should not be specified for index: "
              + name
              + " when BillingMode is PAY_PER_REQUEST");
    }
    if (!onDemand && !index.has("ProvisionedThroughput")) {
      throw missingFor(name);
    }
    Throughput throughput =
        onDemand ? Throughput.ON_DEMAND : provisioned(index.structure("ProvisionedThroughput"));
    return more(index, throughput, onDemand);
  }

  static RuntimeException missingFor(String index) {
    return DynamoDbErrors.invalidParameter(
        "ProvisionedThroughput must be specified for index: " + index);
  }

  /** Takes on-demand limits and warm throughput from a request, where it has them. */
  static Throughput more(Input input, Throughput throughput, boolean onDemand) {
    Throughput result = throughput;
    if (input.has("OnDemandThroughput")) {
      if (!onDemand) {
        throw DynamoDbErrors.invalidParameter(
            "OnDemandThroughput can only be specified when BillingMode is PAY_PER_REQUEST");
      }
      Input limits = input.structure("OnDemandThroughput").orElseThrow();
      result =
          result.withOnDemand(
              limits(result.onDemand(), limit(limits, MAX_READ), limit(limits, MAX_WRITE)));
    }
    if (input.has("WarmThroughput")) {
      Input warm = input.structure("WarmThroughput").orElseThrow();
      Units before = result.warm();
      long read = units(warm, "ReadUnitsPerSecond", before == null ? 12_000 : before.read());
      long write = units(warm, "WriteUnitsPerSecond", before == null ? 4_000 : before.write());
      result = result.withWarm(new Units(read, write));
    }
    return result;
  }

  private static long units(Input input, String member, long otherwise) {
    long value = input.longInteger(member).orElse(otherwise);
    if (value < 1) {
      throw DynamoDbErrors.invalidParameter(
          member + " of WarmThroughput must be at least 1, not " + value);
    }
    return value;
  }

  /** The limit; null when it is not given. */
  private static @Nullable Long limit(Input limits, String member) {
    if (!limits.has(member)) {
      return null;
    }
    long value = limits.longInteger(member).orElseThrow();
    if (value != NO_LIMIT && value < 1) {
      throw DynamoDbErrors.invalidParameter(
          member + " of OnDemandThroughput must be at least 1 or -1, not " + value);
    }
    return value;
  }

  /** -1 removes a limit; null leaves it. */
  private static @Nullable Units limits(
      @Nullable Units before, @Nullable Long read, @Nullable Long write) {
    long newRead = read != null ? read : before == null ? NO_LIMIT : before.read();
    long newWrite = write != null ? write : before == null ? NO_LIMIT : before.write();
    return newRead == NO_LIMIT && newWrite == NO_LIMIT ? null : new Units(newRead, newWrite);
  }
}
