// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** A global table with one replica, in the stack's region: a plain table. */
public final class GlobalTableResource implements ResourceType {
  private static final Struct SCALING =
      Struct.of(
          """
          MinCapacity: integer, required
          MaxCapacity: integer, required
          SeedCapacity: integer
          TargetTrackingScalingPolicyConfiguration: object, required
          """);
  private static final Struct.Member WRITE_PROVISIONED =
      member(
          "WriteProvisionedThroughputSettings",
          Struct.of(member("WriteCapacityAutoScalingSettings", SCALING)));
  private static final Struct.Member WRITE_ON_DEMAND =
      member(
          "WriteOnDemandThroughputSettings",
          Struct.of(member("MaxWriteRequestUnits", Shape.integer())));
  private static final Struct.Member READ_PROVISIONED =
      member(
          "ReadProvisionedThroughputSettings",
          Struct.of(
              member("ReadCapacityUnits", Shape.integer()),
              member("ReadCapacityAutoScalingSettings", SCALING)));
  private static final Struct.Member READ_ON_DEMAND =
      member(
          "ReadOnDemandThroughputSettings",
          Struct.of(member("MaxReadRequestUnits", Shape.integer())));
  private static final Struct PROPERTIES =
      Struct.of(
          TableShapes.NAME,
          TableShapes.KEY.required().fixed(),
          TableShapes.LOCAL_INDEXES.fixed(),
          TableShapes.ATTRIBUTES,
          TableShapes.BILLING,
          WRITE_PROVISIONED,
          WRITE_ON_DEMAND,
          TableShapes.WARM,
          member(
              "GlobalSecondaryIndexes",
              Shape.list(
                  Struct.of(
                      TableShapes.INDEX_NAME,
                      TableShapes.KEY.required(),
                      TableShapes.PROJECTION.required(),
                      WRITE_PROVISIONED,
                      WRITE_ON_DEMAND,
                      TableShapes.WARM))),
          member(
              "StreamSpecification", Struct.of(member("StreamViewType", Shape.text()).required())),
          member(
              "SSESpecification",
              Struct.of(
                  member("SSEEnabled", Shape.bool()).as("Enabled").required(),
                  member("SSEType", Shape.text()))),
          TableShapes.TIME_TO_LIVE,
          member(
                  "Replicas",
                  Shape.list(
                      Struct.of(
                          member("Region", Shape.text()).required(),
                          TableShapes.RECOVERY,
                          TableShapes.INSIGHTS,
                          TableShapes.TABLE_CLASS,
                          TableShapes.PROTECTED,
                          TableShapes.TAGS,
                          TableShapes.POLICY,
                          READ_PROVISIONED,
                          READ_ON_DEMAND,
                          member(
                              "SSESpecification",
                              Struct.of(member("KMSMasterKeyId", Shape.text()).required())),
                          member(
                              "ReplicaStreamSpecification",
                              Struct.of(TableShapes.POLICY.required())),
                          member(
                              "GlobalSecondaryIndexes",
                              Shape.list(
                                  Struct.of(
                                      TableShapes.INDEX_NAME,
                                      TableShapes.INSIGHTS,
                                      READ_PROVISIONED,
                                      READ_ON_DEMAND))))))
              .required());

  @Override
  public String name() {
    return "AWS::DynamoDB::GlobalTable";
  }

  @Override
  public String nameProperty() {
    return "TableName";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public boolean replaces(ObjectNode before, ObjectNode after) {
    return TableChange.redefines(before, after);
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    return new TableCalls(calls).create(names, GlobalTable.plain(properties, calls.region()));
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    ObjectNode wanted = GlobalTable.plain(after, calls.region());
    if (!GlobalTable.isSupported(before, calls.region())) {
      // A change that was refused is being reverted: nothing of it has been carried out.
      return new TableCalls(calls).state(current.physicalId());
    }
    ObjectNode old = GlobalTable.plain(before, calls.region());
    return new TableChange(calls, current.physicalId(), old, wanted).apply();
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    new TableCalls(calls).delete(current.physicalId());
  }
}
