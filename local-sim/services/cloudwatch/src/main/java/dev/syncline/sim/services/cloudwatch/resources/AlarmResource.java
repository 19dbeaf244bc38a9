// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.service.resource.Tagging;

/** A metric alarm; one of expressions is refused. */
public final class AlarmResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          """
          AlarmName: text, fixed
          AlarmDescription: text
          ActionsEnabled: boolean
          AlarmActions: list of text
          ComparisonOperator: text, required
          DatapointsToAlarm: integer
          Dimensions: list of structure
            Name: text, required
            Value: text, required
          EvaluationPeriods: integer, required
          InsufficientDataActions: list of text
          MetricName: text, required
          Namespace: text, required
          OKActions: list of text
          Period: integer, required
          Statistic: text, required
          Threshold: number, required
          TreatMissingData: text
          Unit: text
          Tags: tags Key Value
          """);

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
            .tagList(
                Tagging.pascal("monitoring", "ResourceARN"),
                "Key",
                change -> change.current().text("Arn")));
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
