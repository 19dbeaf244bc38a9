// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.testing.AwsCli;
import dev.syncline.sim.testing.RealClientsFixture;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** CloudWatch by boto3, which speaks JSON, and in queries, as Terraform's provider speaks. */
class CloudWatchRealClientsTest extends RealClientsFixture {
  private static final String FORM = "application/x-www-form-urlencoded";

  @Test
  void boto3UsesEveryOperation() {
    AwsCli.assumeBoto3();
    aws.python(
        """
        from datetime import datetime, timedelta, timezone
        cw = client('cloudwatch')
        cw.put_metric_alarm(AlarmName='a', AlarmDescription='d', Namespace='AWS/SQS', MetricName='ApproximateNumberOfMessagesVisible',
            Dimensions=[{'Name': 'QueueName', 'Value': 'dlq'}], Statistic='Maximum', Period=60, EvaluationPeriods=1, Threshold=0.0,
            ComparisonOperator='GreaterThanThreshold', TreatMissingData='notBreaching', AlarmActions=['arn:aws:sns:us-east-1:111111111111:t'],
            Tags=[{'Key': 'k', 'Value': 'v'}])
        alarm = cw.describe_alarms(AlarmNames=['a'])['MetricAlarms'][0]
        assert alarm['AlarmArn'] == 'arn:aws:cloudwatch:us-east-1:111111111111:alarm:a' and alarm['StateValue'] == 'INSUFFICIENT_DATA'
        assert alarm['ActionsEnabled'] and alarm['Threshold'] == 0.0 and alarm['AlarmActions'] and alarm['OKActions'] == []
        assert abs(alarm['StateUpdatedTimestamp'] - datetime.now(timezone.utc)) < timedelta(hours=1), alarm
        cw.disable_alarm_actions(AlarmNames=['a'])
        assert not cw.describe_alarms()['MetricAlarms'][0]['ActionsEnabled']
        cw.enable_alarm_actions(AlarmNames=['a'])
        cw.set_alarm_state(AlarmName='a', StateValue='ALARM', StateReason='because')
        assert cw.describe_alarms(StateValue='ALARM')['MetricAlarms'][0]['StateReason'] == 'because'
        assert cw.describe_alarms(AlarmTypes=['CompositeAlarm'])['MetricAlarms'] == []
        cw.tag_resource(ResourceARN=alarm['AlarmArn'], Tags=[{'Key': 'l', 'Value': 'm'}])
        cw.untag_resource(ResourceARN=alarm['AlarmArn'], TagKeys=['k'])
        assert cw.list_tags_for_resource(ResourceARN=alarm['AlarmArn'])['Tags'] == [{'Key': 'l', 'Value': 'm'}]
        refused(lambda: cw.list_tags_for_resource(ResourceARN=alarm['AlarmArn'] + 'x'), 'ResourceNotFoundException')
        refused(lambda: cw.set_alarm_state(AlarmName='x', StateValue='OK', StateReason='r'), 'ResourceNotFound')
        now = datetime.now(timezone.utc)
        cw.put_metric_data(Namespace='N', MetricData=[
            {'MetricName': 'm', 'Value': 1.5, 'Timestamp': now, 'Unit': 'Seconds', 'Dimensions': [{'Name': 'd', 'Value': 'x'}]},
            {'MetricName': 'm', 'Values': [2, 4], 'Counts': [1, 2], 'Timestamp': now, 'Unit': 'Seconds', 'Dimensions': [{'Name': 'd', 'Value': 'x'}]},
            {'MetricName': 's', 'StatisticValues': {'SampleCount': 2, 'Sum': 3, 'Minimum': 1, 'Maximum': 2}}])
        assert [m['MetricName'] for m in cw.list_metrics(Namespace='N')['Metrics']] == ['m', 's']
        assert cw.list_metrics(Dimensions=[{'Name': 'd'}])['Metrics'][0]['Dimensions'] == [{'Name': 'd', 'Value': 'x'}]
        span = dict(StartTime=now - timedelta(minutes=5), EndTime=now + timedelta(minutes=5))
        points = cw.get_metric_statistics(Namespace='N', MetricName='m', Dimensions=[{'Name': 'd', 'Value': 'x'}], Period=3600,
            Statistics=['SampleCount', 'Sum', 'Maximum'], **span)['Datapoints']
        assert sum(p['Sum'] for p in points) == 11.5 and points[0]['Unit'] == 'Seconds', points
        data = cw.get_metric_data(MetricDataQueries=[{'Id': 'q', 'MetricStat': {'Metric': {'Namespace': 'N', 'MetricName': 's'}, 'Period': 60, 'Stat': 'Average'}}], **span)
        assert data['MetricDataResults'][0]['Values'] == [1.5] and data['MetricDataResults'][0]['Timestamps'][0].tzinfo
        refused(lambda: cw.get_metric_statistics(Namespace='N', MetricName='m', Period=10, Statistics=['Sum'], **span), 'InvalidParameterValue')
        cw.delete_alarms(AlarmNames=['a'])
        assert cw.describe_alarms()['MetricAlarms'] == []
        """);
  }

  @Test
  void queriesAreAnsweredInXmlWithTimesOfIso8601() throws Exception {
    String alarm =
        "AlarmName=a&Namespace=AWS%2FLambda&MetricName=Errors&Statistic=Sum&Period=300"
            + "&EvaluationPeriods=1&Threshold=1&ComparisonOperator=GreaterThanOrEqualToThreshold"
            + "&Dimensions.member.1.Name=FunctionName&Dimensions.member.1.Value=f"
            + "&AlarmActions.member.1=arn%3Aaws%3Asns%3Aus-east-1%3A111111111111%3At&OKActions=";
    assertThat(post("Action=PutMetricAlarm&Version=2010-08-01&" + alarm).statusCode())
        .isEqualTo(200);
    HttpResponse<String> described =
        post("Action=DescribeAlarms&Version=2010-08-01&AlarmNames.member.1=a");
    assertThat(described.body())
        .contains(
            "<DescribeAlarmsResult>",
            "<MetricAlarms><member><AlarmName>a</AlarmName>",
            "<Threshold>1.0</Threshold>",
            "<Dimensions><member><Name>FunctionName</Name><Value>f</Value></member></Dimensions>",
            "<AlarmActions><member>arn:aws:sns")
        .containsPattern(
            "<StateUpdatedTimestamp>\\d{4}-\\d\\d-\\d\\dT[^<]+Z</StateUpdatedTimestamp>");
    assertThat(
            post("Action=GetMetricStatistics&Version=2010-08-01&Namespace=N&MetricName=m&Period=60"
                    + "&StartTime=2026-01-01T00:00:00Z&EndTime=2026-01-01T01:00:00Z")
                .body())
        .contains("<Code>MissingParameter</Code>");
  }

  @Test
  void theCborProtocolIsRefusedByName() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:"
                        + server.port()
                        + "/service/GraniteServiceVersion20100801/operation/DescribeAlarms"))
            .header("smithy-protocol", "rpc-v2-cbor")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/monitoring/aws4_request,"
                    + " SignedHeaders=host, Signature=0")
            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] {(byte) 0xbf, (byte) 0xff}))
            .build();
    HttpResponse<String> answer = send(request);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("does not support the protocol rpc-v2-cbor");
  }

  private HttpResponse<String> post(String form) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
            .header("Content-Type", FORM)
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build());
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
