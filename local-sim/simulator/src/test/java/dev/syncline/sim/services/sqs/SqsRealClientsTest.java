// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.testing.AwsCli;
import dev.syncline.sim.testing.RealClientsFixture;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The queues by AWS's own clients, which check digests and map errors, and by plain HTTP. */
class SqsRealClientsTest extends RealClientsFixture {
  @Test
  void boto3UsesEveryOperation() {
    AwsCli.assumeBoto3();
    aws.python(
        """
        sqs = client('sqs')
        dlq = sqs.create_queue(QueueName='dlq')['QueueUrl']
        arn = lambda url: sqs.get_queue_attributes(QueueUrl=url, AttributeNames=['QueueArn'])['Attributes']['QueueArn']
        assert arn(dlq) == 'arn:aws:sqs:us-east-1:111111111111:dlq'
        redrive = json.dumps({'deadLetterTargetArn': arn(dlq), 'maxReceiveCount': '1'})
        url = sqs.create_queue(QueueName='q', Attributes={'VisibilityTimeout': '0', 'RedrivePolicy': redrive}, tags={'a': 'b'})['QueueUrl']
        assert url == os.environ['ENDPOINT'] + '/111111111111/q'
        assert sqs.create_queue(QueueName='q', Attributes={'VisibilityTimeout': '0'})['QueueUrl'] == url
        refused(lambda: sqs.create_queue(QueueName='q', Attributes={'VisibilityTimeout': '5'}), 'QueueAlreadyExists')
        refused(lambda: sqs.create_queue(QueueName='x', Attributes={'Colour': 'red'}), 'InvalidAttributeName')
        refused(lambda: sqs.create_queue(QueueName='x', Attributes={'VisibilityTimeout': '43201'}), 'InvalidAttributeValue')
        refused(lambda: sqs.create_queue(QueueName='x', Attributes={'RedrivePolicy': redrive.replace(':dlq', ':none')}), 'InvalidParameterValue')
        refused(lambda: sqs.create_queue(QueueName='no good'), 'InvalidParameterValue')
        refused(lambda: sqs.create_queue(QueueName='x', Attributes={'FifoQueue': 'false'}), 'InvalidAttributeName')
        gone = refused(lambda: sqs.get_queue_url(QueueName='none'), 'AWS.SimpleQueueService.NonExistentQueue')
        assert gone['Error']['QueryErrorCode'] == 'QueueDoesNotExist', gone
        try:
            sqs.get_queue_url(QueueName='none')
        except sqs.exceptions.QueueDoesNotExist as e:
            assert 'The specified queue does not exist.' in str(e)
        assert sqs.get_queue_url(QueueName='q')['QueueUrl'] == url
        assert sqs.list_queues(QueueNamePrefix='q')['QueueUrls'] == [url]
        assert 'QueueUrls' not in sqs.list_queues(QueueNamePrefix='zzz')
        pages = list(sqs.get_paginator('list_queues').paginate(PaginationConfig={'PageSize': 1}))
        assert [p['QueueUrls'] for p in pages] == [[dlq], [url]], pages
        attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=['All'])['Attributes']
        assert attributes['SqsManagedSseEnabled'] == 'true' and attributes['MaximumMessageSize'] == '1048576', attributes
        assert json.loads(attributes['RedrivePolicy'])['maxReceiveCount'] == 1 and 'FifoQueue' not in attributes
        assert 'Attributes' not in sqs.get_queue_attributes(QueueUrl=url)
        sqs.tag_queue(QueueUrl=url, Tags={'c': 'd'})
        sqs.untag_queue(QueueUrl=url, TagKeys=['a'])
        assert sqs.list_queue_tags(QueueUrl=url)['Tags'] == {'c': 'd'}
        sqs.add_permission(QueueUrl=url, Label='l', AWSAccountIds=['222222222222'], Actions=['SendMessage'])
        policy = json.loads(sqs.get_queue_attributes(QueueUrl=url, AttributeNames=['Policy'])['Attributes']['Policy'])
        assert policy['Statement'][0]['Principal'] == {'AWS': 'arn:aws:iam::222222222222:root'}
        refused(lambda: sqs.add_permission(QueueUrl=url, Label='l', AWSAccountIds=['222222222222'], Actions=['SendMessage']), 'InvalidParameterValue')
        sqs.remove_permission(QueueUrl=url, Label='l')
        assert 'Attributes' not in sqs.get_queue_attributes(QueueUrl=url, AttributeNames=['Policy'])

        sent = sqs.send_message(QueueUrl=url, MessageBody='héllo 😀 "x"', MessageAttributes={
            'text': {'DataType': 'String.json', 'StringValue': 'wert'}, 'n': {'DataType': 'Number', 'StringValue': '-1.5'},
            'bytes': {'DataType': 'Binary', 'BinaryValue': bytes(range(256))}},
            MessageSystemAttributes={'AWSTraceHeader': {'DataType': 'String', 'StringValue': 'Root=1-5759e988-bd862e3fe1be46a994272793'}})
        assert sent['MD5OfMessageSystemAttributes'], sent
        got = sqs.receive_message(QueueUrl=url, MessageAttributeNames=['All'], MessageSystemAttributeNames=['All'])['Messages'][0]
        assert got['MessageId'] == sent['MessageId'] and got['MD5OfMessageAttributes'] == sent['MD5OfMessageAttributes']
        assert got['MessageAttributes']['bytes']['BinaryValue'] == bytes(range(256)) and got['Body'] == 'héllo 😀 "x"'
        assert got['Attributes']['AWSTraceHeader'].startswith('Root=1-') and got['Attributes']['ApproximateReceiveCount'] == '1'
        assert 'Messages' not in sqs.receive_message(QueueUrl=url)
        dead = sqs.receive_message(QueueUrl=dlq, MessageAttributeNames=['te.*'], AttributeNames=['DeadLetterQueueSourceArn'], VisibilityTimeout=0)['Messages'][0]
        assert list(dead['MessageAttributes']) == ['text'] and dead['Attributes'] == {'DeadLetterQueueSourceArn': arn(url)}
        assert sqs.list_dead_letter_source_queues(QueueUrl=dlq)['queueUrls'] == [url]
        task = sqs.start_message_move_task(SourceArn=arn(dlq))['TaskHandle']
        back = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=10, VisibilityTimeout=60)['Messages'][0]
        assert back['MessageId'] != sent['MessageId']
        done = sqs.list_message_move_tasks(SourceArn=arn(dlq))['Results'][0]
        assert done['ApproximateNumberOfMessagesMoved'] == 1 and done['StartedTimestamp'] > 1e12, done
        refused(lambda: sqs.cancel_message_move_task(TaskHandle='none'), 'ResourceNotFoundException')
        refused(lambda: sqs.start_message_move_task(SourceArn=arn(url)), 'InvalidParameterValue')
        sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=back['ReceiptHandle'], VisibilityTimeout=30)
        sqs.delete_message(QueueUrl=url, ReceiptHandle=back['ReceiptHandle'])
        refused(lambda: sqs.delete_message(QueueUrl=url, ReceiptHandle='x'), 'ReceiptHandleIsInvalid')

        batch = sqs.send_message_batch(QueueUrl=dlq, Entries=[{'Id': 'a', 'MessageBody': '1'}, {'Id': 'b', 'MessageBody': '\\u0001'},
            {'Id': 'c', 'MessageBody': '3', 'DelaySeconds': 901}, {'Id': 'd', 'MessageBody': '4', 'MessageAttributes': {'k': {'DataType': 'String', 'StringValue': 'v'}}}])
        assert [s['Id'] for s in batch['Successful']] == ['a', 'd'], batch
        assert {f['Id']: f['Code'] for f in batch['Failed']} == {'b': 'InvalidMessageContents', 'c': 'InvalidParameterValue'}, batch
        one = [{'Id': 'a', 'MessageBody': 'x'}]
        refused(lambda: sqs.send_message_batch(QueueUrl=dlq, Entries=one * 2), 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct')
        refused(lambda: sqs.send_message_batch(QueueUrl=dlq, Entries=[]), 'AWS.SimpleQueueService.EmptyBatchRequest')
        refused(lambda: sqs.send_message_batch(QueueUrl=dlq, Entries=[{'Id': str(i), 'MessageBody': 'x'} for i in range(11)]),
            'AWS.SimpleQueueService.TooManyEntriesInBatchRequest')
        refused(lambda: sqs.send_message_batch(QueueUrl=dlq, Entries=[{'Id': str(i), 'MessageBody': 'x' * 600000} for i in range(2)]),
            'AWS.SimpleQueueService.BatchRequestTooLong')
        refused(lambda: sqs.send_message_batch(QueueUrl=dlq, Entries=[{'Id': 'ä', 'MessageBody': 'x'}]), 'AWS.SimpleQueueService.InvalidBatchEntryId')
        messages = sqs.receive_message(QueueUrl=dlq, MaxNumberOfMessages=10)['Messages']
        changed = sqs.change_message_visibility_batch(QueueUrl=dlq, Entries=[
            {'Id': str(i), 'ReceiptHandle': m['ReceiptHandle'], 'VisibilityTimeout': 60} for i, m in enumerate(messages)])
        assert len(changed['Successful']) == 2 and 'Failed' not in changed
        deleted = sqs.delete_message_batch(QueueUrl=dlq, Entries=[{'Id': 'bad', 'ReceiptHandle': 'x'}] + [
            {'Id': str(i), 'ReceiptHandle': m['ReceiptHandle']} for i, m in enumerate(messages)])
        assert [f['Code'] for f in deleted['Failed']] == ['ReceiptHandleIsInvalid'] and len(deleted['Successful']) == 2
        refused(lambda: sqs.send_message(QueueUrl=dlq, MessageBody='x' * 1048577), 'InvalidParameterValue')
        sqs.set_queue_attributes(QueueUrl=dlq, Attributes={'MaximumMessageSize': '1024', 'RedriveAllowPolicy': json.dumps({'redrivePermission': 'denyAll'})})
        refused(lambda: sqs.send_message(QueueUrl=dlq, MessageBody='x' * 1025), 'InvalidParameterValue')
        refused(lambda: sqs.send_message(QueueUrl=dlq, MessageBody='x', MessageGroupId='g', MessageDeduplicationId='d'), 'InvalidParameterValue')
        refused(lambda: sqs.receive_message(QueueUrl=dlq, MaxNumberOfMessages=11), 'InvalidParameterValue')
        refused(lambda: sqs.receive_message(QueueUrl=dlq, WaitTimeSeconds=21), 'InvalidParameterValue')
        refused(lambda: sqs.create_queue(QueueName='y', Attributes={'RedrivePolicy': redrive}), 'InvalidParameterValue')
        sqs.purge_queue(QueueUrl=dlq)
        refused(lambda: sqs.purge_queue(QueueUrl=dlq), 'AWS.SimpleQueueService.PurgeQueueInProgress')

        fifo = sqs.create_queue(QueueName='f.fifo', Attributes={'FifoQueue': 'true'})['QueueUrl']
        refused(lambda: sqs.send_message(QueueUrl=fifo, MessageBody='x'), 'MissingParameter')
        refused(lambda: sqs.send_message(QueueUrl=fifo, MessageBody='x', MessageGroupId='g'), 'InvalidParameterValue')
        refused(lambda: sqs.send_message(QueueUrl=fifo, MessageBody='x', MessageGroupId='g', MessageDeduplicationId='1', DelaySeconds=1), 'InvalidParameterValue')
        first = sqs.send_message(QueueUrl=fifo, MessageBody='x', MessageGroupId='g', MessageDeduplicationId='1')
        assert len(first['SequenceNumber']) == 20
        sqs.send_message(QueueUrl=fifo, MessageBody='y', MessageGroupId='g', MessageDeduplicationId='1')
        got = sqs.receive_message(QueueUrl=fifo, MaxNumberOfMessages=10, AttributeNames=['All'])['Messages']
        assert len(got) == 1 and got[0]['Attributes']['MessageGroupId'] == 'g' and got[0]['Attributes']['SequenceNumber'] == first['SequenceNumber']
        sqs.delete_queue(QueueUrl=fifo)
        refused(lambda: sqs.send_message(QueueUrl=fifo, MessageBody='x'), 'AWS.SimpleQueueService.NonExistentQueue')
        refused(lambda: sqs.create_queue(QueueName='f.fifo', Attributes={'FifoQueue': 'true'}), 'AWS.SimpleQueueService.QueueDeletedRecently')
        """);
  }

  @Test
  void theCommandLineSendsReceivesAndDeletes() {
    AwsCli.assumeInstalled();
    String url =
        aws.ok("sqs", "create-queue", "--queue-name", "q").json().path("QueueUrl").asText();
    aws.ok("sqs", "send-message", "--queue-url", url, "--message-body", "from the shell");
    JsonNode message =
        aws.ok("sqs", "receive-message", "--queue-url", url, "--wait-time-seconds", "5")
            .json()
            .path("Messages")
            .path(0);
    assertThat(message.path("Body").asText()).isEqualTo("from the shell");
    aws.ok(
        "sqs",
        "delete-message",
        "--queue-url",
        url,
        "--receipt-handle",
        message.path("ReceiptHandle").asText());
    assertThat(aws.run("sqs", "get-queue-url", "--queue-name", "none").err())
        .contains("AWS.SimpleQueueService.NonExistentQueue");
  }

  @Test
  void anErrorNamesItselfForJsonClientsAndForThoseWhoKnowTheOldCodes() throws Exception {
    HttpResponse<String> answer = post("AmazonSQS.SendMessage", "{\"QueueUrl\":\"http://h/1/q\"}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Json.MAPPER.readTree(answer.body()).path("__type").asText())
        .isEqualTo("QueueDoesNotExist");
    assertThat(answer.headers().firstValue("x-amzn-query-error"))
        .hasValue("AWS.SimpleQueueService.NonExistentQueue;Sender");
    assertThat(post("AmazonSQS.Nonsense", "{}").headers().firstValue("x-amzn-query-error"))
        .hasValue("InvalidAction;Sender");
    assertThat(post("AmazonSQS.ListQueues", "[]").headers().firstValue("x-amzn-query-error"))
        .hasValue("MalformedInput;Sender");
  }

  private HttpResponse<String> post(String target, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
            .header("X-Amz-Target", target)
            .header("Content-Type", "application/x-amz-json-1.0")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
