// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.testing.CoreServices;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Metrics and alarms under a clock that only the test moves. */
class CloudWatchServiceTest {
  @AutoClose private final CoreServices services = new CoreServices(new ClockMode.Manual());

  @Test
  void anAlarmFollowsItsMetricFromMinuteToMinute() {
    alarm("'EvaluationPeriods':2,'DatapointsToAlarm':2");
    assertThat(state()).isEqualTo("INSUFFICIENT_DATA");
    put(5);
    services.clock.advance(Duration.ofMinutes(1));
    put(20);
    services.clock.advance(Duration.ofMinutes(1));
    assertThat(state()).isEqualTo("OK");
    put(30);
    services.clock.advance(Duration.ofMinutes(1));
    assertThat(state()).isEqualTo("ALARM");
    services.clock.advance(Duration.ofMinutes(5));
    assertThat(state()).isEqualTo("INSUFFICIENT_DATA");
    assertThat(
            services.journal.select(
                entry -> entry.event().type().equals("cloudwatch.AlarmStateChanged")))
        .extracting(entry -> entry.event().details().get("to"))
        .containsSubsequence("OK", "ALARM", "INSUFFICIENT_DATA");
  }

  @Test
  void missingDataCountsAsTheAlarmSays() {
    alarm("'EvaluationPeriods':1,'TreatMissingData':'notBreaching'");
    services.clock.advance(Duration.ofMinutes(1));
    assertThat(state()).isEqualTo("OK");
    alarm("'EvaluationPeriods':1,'TreatMissingData':'breaching'");
    services.clock.advance(Duration.ofMinutes(1));
    assertThat(state()).isEqualTo("ALARM");
    alarm("'EvaluationPeriods':1,'TreatMissingData':'ignore'");
    services.clock.advance(Duration.ofMinutes(1));
    assertThat(state()).isEqualTo("ALARM");
  }

  @Test
  void anAlarmThatIsGoneLeavesNoTimer() {
    alarm("'EvaluationPeriods':1");
    alarm("'EvaluationPeriods':2");
    services.call("monitoring", "DeleteAlarms", "{'AlarmNames':['a','none']}");
    assertThat(services.clock.pendingTimers()).isZero();
  }

  @Test
  void statisticsAreOfTheirPeriods() {
    put(1);
    put(3);
    services.clock.advance(Duration.ofMinutes(1));
    put(10);
    JsonNode points =
        services
            .call(
                "monitoring",
                "GetMetricStatistics",
                "{'Namespace':'N','MetricName':'m','Period':60,'Statistics':['Sum','Average','Maximum'],"
                    + times())
            .path("Datapoints");
    assertThat(points).hasSize(2);
    assertThat(points.get(0).path("Sum").asDouble()).isEqualTo(4);
    assertThat(points.get(0).path("Average").asDouble()).isEqualTo(2);
    assertThat(points.get(1).path("Maximum").asDouble()).isEqualTo(10);
    JsonNode data =
        services
            .call(
                "monitoring",
                "GetMetricData",
                "{'MetricDataQueries':[{'Id':'q','MetricStat':{'Stat':'SampleCount','Period':86400,"
                    + "'Metric':{'Namespace':'N','MetricName':'m'}}}],"
                    + times())
            .at("/MetricDataResults/0");
    double all = 0;
    for (JsonNode value : data.path("Values")) {
      all += value.asDouble();
    }
    assertThat(all).isEqualTo(3);
  }

  @Test
  void metricsAreReadFromLinesOfTheEmbeddedFormat() {
    var store = new MetricStore();
    var sink = new EmbeddedMetrics(store);
    String line =
        """
        {"_aws":{"Timestamp":%d,"CloudWatchMetrics":[{"Namespace":"Bridge","Dimensions":[["Backend"],[]],\
        "Metrics":[{"Name":"WaitMs","Unit":"Milliseconds"},{"Name":"Retries"}]}]},"Backend":"sqs",\
        "WaitMs":[10,30],"Retries":2}\
        """
            .formatted(services.clock.millis());
    sink.logged(services.clock.now(), line);
    sink.logged(services.clock.now(), "{\"_aws\": \"CloudWatchMetrics\" and no JSON");
    assertThat(store.list(metric -> true)).hasSize(4);
    Metric wait =
        store
            .list(
                metric ->
                    metric.name().equals("WaitMs") && metric.dimensions().containsValue("sqs"))
            .get(0);
    assertThat(store.unit(wait)).isEqualTo("Milliseconds");
    assertThat(
            store
                .values(
                    wait,
                    services.clock.now().minusSeconds(120),
                    services.clock.now().plusSeconds(120),
                    60)
                .firstEntry()
                .getValue()
                .statistic("Average"))
        .isEqualTo(20);
  }

  @Test
  void unsupportedContentIsRefused() {
    assertThat(
            refused(
                "PutMetricData",
                "{'Namespace':'AWS/SQS','MetricData':[{'MetricName':'m','Value':1}]}"))
        .isEqualTo("InvalidParameterValueException");
    assertThat(refused("PutMetricAlarm", "{'AlarmName':'a','Metrics':[]}"))
        .isEqualTo("ValidationException");
    assertThat(refused("SetAlarmState", "{'AlarmName':'x','StateValue':'OK','StateReason':'r'}"))
        .isEqualTo("ResourceNotFound");
  }

  private String refused(String operation, String input) {
    AwsException error =
        catchThrowableOfType(
            AwsException.class, () -> services.call("monitoring", operation, input));
    return error.code();
  }

  private void alarm(String more) {
    services.call(
        "monitoring",
        "PutMetricAlarm",
        "{'AlarmName':'a','Namespace':'N','MetricName':'m','Statistic':'Maximum','Period':60,"
            + "'Threshold':10,'ComparisonOperator':'GreaterThanThreshold',"
            + more
            + "}");
  }

  private void put(double value) {
    services.call(
        "monitoring",
        "PutMetricData",
        Json.write(Json.object().put("Namespace", "N"))
                .replace("}", ",\"MetricData\":[{\"MetricName\":\"m\",\"Value\":")
            + value
            + "}]}");
  }

  private String state() {
    return services
        .call("monitoring", "DescribeAlarms", "{'AlarmNames':['a']}")
        .at("/MetricAlarms/0/StateValue")
        .asText();
  }

  private String times() {
    return "'StartTime':'"
        + services.clock.now().minusSeconds(600)
        + "','EndTime':'"
        + services.clock.now().plusSeconds(600)
        + "'}";
  }
}
