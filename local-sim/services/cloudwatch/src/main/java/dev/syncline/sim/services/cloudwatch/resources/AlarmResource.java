// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.service.resource.Tagging;

/** A metric alarm; one of expressions is refused. */
public final class AlarmResource implements ResourceType {
  private static final Struct PROPERTIES =
      Struct.of(
          member("AlarmName", Shape.text()).fixed(),
          member("AlarmDescription", Shape.text()),
          member("ActionsEnabled", Shape.bool()),
          member("AlarmActions", Shape.list(Shape.text())),
          member("ComparisonOperator", Shape.text()).required(),
          member("DatapointsToAlarm", Shape.integer()),
          member(
              "Dimensions",
              Shape.list(
                  Struct.of(
                      member("Name", Shape.text()).required(),
                      member("Value", Shape.text()).required()))),
          member("EvaluationPeriods", Shape.integer()).required(),
          member("InsufficientDataActions", Shape.list(Shape.text())),
          member("MetricName", Shape.text()).required(),
          member("Namespace", Shape.text()).required(),
          member("OKActions", Shape.list(Shape.text())),
          member("Period", Shape.integer()).required(),
          member("Statistic", Shape.text()).required(),
          member("Threshold", Shape.number()).required(),
          member("TreatMissingData", Shape.text()),
          member("Unit", Shape.text()),
          member("Tags", Shape.tagList("Key", "Value")));

  private static final Tagging TAGGING =
      new Tagging("monitoring", "TagResource", "UntagResource", "ResourceARN", "Tags", "TagKeys");

  @Override
  public String name() {
    return "AWS::CloudWatch::Alarm";
  }

  @Override
  public String nameProperty() {
    return "AlarmName";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    String name = properties.path("AlarmName").asText(names.name(255));
    calls.call("monitoring", "PutMetricAlarm", properties.deepCopy().put("AlarmName", name));
    return ResourceState.of(name, "Arn", calls.arn("cloudwatch", "alarm:" + name));
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    ObjectNode input = after.deepCopy().put("AlarmName", current.physicalId());
    input.remove("Tags");
    calls.call("monitoring", "PutMetricAlarm", input);
    TAGGING.changeList(calls, current.text("Arn"), "Key", before.path("Tags"), after.path("Tags"));
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    ObjectNode input = calls.input();
    input.putArray("AlarmNames").add(current.physicalId());
    calls.call("monitoring", "DeleteAlarms", input);
  }
}
