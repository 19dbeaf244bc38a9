// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** The property shapes that both table types have. */
final class TableShapes {
  static final Struct.Member ATTRIBUTES =
      member(
          "AttributeDefinitions",
          Shape.list(
              Struct.of(
                  member("AttributeName", Shape.text()).required(),
                  member("AttributeType", Shape.text()).required())));
  static final Struct.Member KEY =
      member(
          "KeySchema",
          Shape.list(
              Struct.of(
                  member("AttributeName", Shape.text()).required(),
                  member("KeyType", Shape.text()).required())));
  static final Struct.Member PROJECTION =
      member(
          "Projection",
          Struct.of(
              member("ProjectionType", Shape.text()),
              member("NonKeyAttributes", Shape.list(Shape.text()))));
  static final Struct.Member INDEX_NAME = member("IndexName", Shape.text()).required();
  static final Struct.Member LOCAL_INDEXES =
      member(
          "LocalSecondaryIndexes",
          Shape.list(Struct.of(INDEX_NAME, KEY.required(), PROJECTION.required())));
  static final Struct.Member WARM =
      member(
          "WarmThroughput",
          Struct.of(
              member("ReadUnitsPerSecond", Shape.integer()),
              member("WriteUnitsPerSecond", Shape.integer())));
  static final Struct.Member ON_DEMAND =
      member(
          "OnDemandThroughput",
          Struct.of(
              member("MaxReadRequestUnits", Shape.integer()),
              member("MaxWriteRequestUnits", Shape.integer())));
  static final Struct.Member PROVISIONED =
      member(
          "ProvisionedThroughput",
          Struct.of(
              member("ReadCapacityUnits", Shape.integer()).required(),
              member("WriteCapacityUnits", Shape.integer()).required()));
  static final Struct.Member INSIGHTS =
      member(
          "ContributorInsightsSpecification",
          Struct.of(member("Enabled", Shape.bool()).required(), member("Mode", Shape.text())));
  static final Struct.Member RECOVERY =
      member(
          "PointInTimeRecoverySpecification",
          Struct.of(
              member("PointInTimeRecoveryEnabled", Shape.bool()),
              member("RecoveryPeriodInDays", Shape.integer())));
  static final Struct.Member POLICY =
      member("ResourcePolicy", Struct.of(member("PolicyDocument", Shape.jsonText()).required()));
  static final Struct.Member TIME_TO_LIVE =
      member(
          "TimeToLiveSpecification",
          Struct.of(
              member("Enabled", Shape.bool()).required(), member("AttributeName", Shape.text())));
  static final Struct.Member TAGS = member("Tags", Shape.tagList("Key", "Value"));
  static final Struct.Member TABLE_CLASS = member("TableClass", Shape.text());
  static final Struct.Member PROTECTED = member("DeletionProtectionEnabled", Shape.bool());
  static final Struct.Member BILLING = member("BillingMode", Shape.text());
  static final Struct.Member NAME = member("TableName", Shape.text()).fixed();

  private TableShapes() {}
}
