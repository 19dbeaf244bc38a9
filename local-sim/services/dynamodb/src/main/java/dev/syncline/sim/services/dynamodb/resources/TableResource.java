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
import java.util.LinkedHashMap;

/** A table in one region. An import and a Kinesis destination are refused by name. */
public final class TableResource implements ResourceType {
  private static final Struct PROPERTIES =
      Struct.of(
          TableShapes.NAME,
          TableShapes.KEY.required().fixed(),
          TableShapes.LOCAL_INDEXES.fixed(),
          TableShapes.ATTRIBUTES,
          TableShapes.BILLING,
          TableShapes.PROVISIONED,
          TableShapes.ON_DEMAND,
          TableShapes.WARM,
          member(
              "GlobalSecondaryIndexes",
              Shape.list(
                  Struct.of(
                      TableShapes.INDEX_NAME,
                      TableShapes.KEY.required(),
                      TableShapes.PROJECTION.required(),
                      TableShapes.PROVISIONED,
                      TableShapes.ON_DEMAND,
                      TableShapes.WARM,
                      TableShapes.INSIGHTS))),
          member(
              "StreamSpecification",
              Struct.of(member("StreamViewType", Shape.text()).required(), TableShapes.POLICY)),
          member(
              "SSESpecification",
              Struct.of(
                  member("SSEEnabled", Shape.bool()).as("Enabled").required(),
                  member("SSEType", Shape.text()),
                  member("KMSMasterKeyId", Shape.text()))),
          TableShapes.TABLE_CLASS,
          TableShapes.PROTECTED,
          TableShapes.TIME_TO_LIVE,
          TableShapes.RECOVERY,
          TableShapes.INSIGHTS,
          TableShapes.POLICY,
          TableShapes.TAGS);

  @Override
  public String name() {
    return "AWS::DynamoDB::Table";
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
    return withoutId(new TableCalls(calls).create(names, properties));
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    return withoutId(new TableChange(calls, current.physicalId(), before, after).apply());
  }

  /** Only a global table has its id as an attribute. */
  private static ResourceState withoutId(ResourceState state) {
    var attributes = new LinkedHashMap<>(state.attributes());
    attributes.remove("TableId");
    return new ResourceState(state.physicalId(), attributes);
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    new TableCalls(calls).delete(current.physicalId());
  }
}
