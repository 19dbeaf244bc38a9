// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.service.resource.Tagging;

/** A metric alarm; one of expressions is refused. */
public final class AlarmResource extends CrudResource {
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

  /** The declaration of the type. */
  public AlarmResource() {
    super(
        new CrudDeclaration("AWS::CloudWatch::Alarm", "monitoring", PROPERTIES)
            .nameProperty("AlarmName")
            .create("PutMetricAlarm")
            .named("AlarmName", 255)
            .created(AlarmResource::state)
            .addressedBy("AlarmName")
            .updateAll("PutMetricAlarm", "Tags")
            .tagList(TAGGING, "Key", change -> change.current().text("Arn")));
  }

  private static ResourceState state(Created call) {
    String name = call.given("AlarmName");
    return ResourceState.of(name, "Arn", call.calls().arn("cloudwatch", "alarm:" + name));
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    ObjectNode input = calls.input();
    input.putArray("AlarmNames").add(current.physicalId());
    calls.call("monitoring", "DeleteAlarms", input);
  }
}
