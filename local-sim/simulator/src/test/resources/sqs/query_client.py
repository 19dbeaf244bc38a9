# SPDX-License-Identifier: Apache-2.0
# Every operation of SQS by boto3 in the query protocol. Today's model speaks JSON, so the former
# protocol and its names are put back before the client is made.
import copy
import botocore.loaders

NAMES = {
    'Attributes': 'Attribute', 'MessageAttributes': 'MessageAttribute',
    'MessageSystemAttributes': 'MessageSystemAttribute', 'Tags': 'Tag', 'tags': 'Tag',
    'AttributeNames': 'AttributeName', 'MessageAttributeNames': 'MessageAttributeName',
    'MessageSystemAttributeNames': 'MessageSystemAttributeName', 'TagKeys': 'TagKey',
    'AWSAccountIds': 'AWSAccountId', 'Actions': 'ActionName', 'Messages': 'Message',
    'QueueUrls': 'QueueUrl', 'queueUrls': 'QueueUrl', 'Failed': 'BatchResultErrorEntry',
    'Results': 'ListMessageMoveTasksResultEntry', 'StringListValues': 'StringListValue',
    'BinaryListValues': 'BinaryListValue'}
load = botocore.loaders.Loader.load_service_model


def former(self, service, kind, api_version=None):
    model = load(self, service, kind, api_version)
    if service != 'sqs' or kind != 'service-2':
        return model
    model = copy.deepcopy(dict(model))
    model['metadata'].update(
        protocol='query', protocols=['query'], xmlNamespace='http://queue.amazonaws.com/doc/2012-11-05/')
    model['metadata'].pop('awsQueryCompatible', None)
    shapes = model['shapes']
    for name, operation in model['operations'].items():
        if 'output' in operation:
            operation['output']['resultWrapper'] = name + 'Result'
    for structure in list(shapes.values()):
        for name, member in structure.get('members', {}).items():
            shape = shapes[member['shape']]
            wire = shape['member']['shape'] if name in ('Entries', 'Successful') else NAMES.get(name)
            if wire and shape['type'] == 'list':
                shape['member']['locationName'] = wire
            elif wire:
                member['locationName'] = wire
                shape['key']['locationName'] = 'Key' if wire == 'Tag' else 'Name'
                shape['value']['locationName'] = 'Value'
    return model


botocore.loaders.Loader.load_service_model = former
sqs = client('sqs')
assert sqs.meta.service_model.metadata['protocol'] == 'query'

dead = sqs.create_queue(QueueName='dead', tags={'a': '1', 'b': 'x y'})['QueueUrl']
assert sqs.list_queue_tags(QueueUrl=dead)['Tags'] == {'a': '1', 'b': 'x y'}
arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=['QueueArn'])['Attributes']['QueueArn']
redrive = json.dumps({'deadLetterTargetArn': arn, 'maxReceiveCount': 3})
url = sqs.create_queue(
    QueueName='jobs', Attributes={'VisibilityTimeout': '7', 'RedrivePolicy': redrive})['QueueUrl']
assert sqs.get_queue_url(QueueName='jobs')['QueueUrl'] == url
assert sqs.list_queues(QueueNamePrefix='d')['QueueUrls'] == [dead]
assert 'QueueUrls' not in sqs.list_queues(QueueNamePrefix='zzz')
assert sqs.list_dead_letter_source_queues(QueueUrl=dead)['queueUrls'] == [url]
sqs.set_queue_attributes(QueueUrl=url, Attributes={'MessageRetentionPeriod': '600'})
shown = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=['VisibilityTimeout', 'MessageRetentionPeriod'])
assert shown['Attributes'] == {'VisibilityTimeout': '7', 'MessageRetentionPeriod': '600'}, shown
sqs.tag_queue(QueueUrl=url, Tags={'k': 'v', 'l': 'w'})
sqs.untag_queue(QueueUrl=url, TagKeys=['k'])
assert sqs.list_queue_tags(QueueUrl=url)['Tags'] == {'l': 'w'}
sqs.add_permission(QueueUrl=url, Label='p', AWSAccountIds=['222222222222'], Actions=['SendMessage'])
sqs.remove_permission(QueueUrl=url, Label='p')

# boto3 compares both digests with its own.
sent = sqs.send_message(QueueUrl=url, MessageBody='hé<l>\r\nlo 😀', MessageAttributes={
    'number': {'DataType': 'Number', 'StringValue': '1'},
    'bytes': {'DataType': 'Binary', 'BinaryValue': bytes(range(256))}})
batch = sqs.send_message_batch(QueueUrl=url, Entries=[
    {'Id': 'a', 'MessageBody': '1', 'MessageAttributes': {'Attribute.1.Name': {'DataType': 'String', 'StringValue': 'y'}}},
    {'Id': 'b', 'MessageBody': '2', 'DelaySeconds': 1000}])
assert [entry['Id'] for entry in batch['Successful']] == ['a'], batch
assert batch['Failed'][0]['SenderFault'] is True and batch['Failed'][0]['Code'] == 'InvalidParameterValue'
got = sqs.receive_message(
    QueueUrl=url, AttributeNames=['All'], MessageAttributeNames=['All'], MaxNumberOfMessages=10)['Messages']
assert got[0]['MessageId'] == sent['MessageId'] and got[0]['Body'] == 'hé<l>\r\nlo 😀', got
assert got[0]['MessageAttributes']['bytes']['BinaryValue'] == bytes(range(256))
assert got[0]['Attributes']['ApproximateReceiveCount'] == '1'
assert got[1]['MessageAttributes'] == {'Attribute.1.Name': {'DataType': 'String', 'StringValue': 'y'}}, got
handles = [message['ReceiptHandle'] for message in got]
sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=handles[0], VisibilityTimeout=60)
changed = sqs.change_message_visibility_batch(QueueUrl=url, Entries=[
    {'Id': 'a', 'ReceiptHandle': handles[1], 'VisibilityTimeout': 60}])
assert [entry['Id'] for entry in changed['Successful']] == ['a'], changed
deleted = sqs.delete_message_batch(QueueUrl=url, Entries=[{'Id': 'x', 'ReceiptHandle': handles[1]}])
assert [entry['Id'] for entry in deleted['Successful']] == ['x'], deleted
sqs.delete_message(QueueUrl=url, ReceiptHandle=handles[0])
assert 'Messages' not in sqs.receive_message(QueueUrl=url)

task = sqs.start_message_move_task(SourceArn=arn)['TaskHandle']
refused(lambda: sqs.cancel_message_move_task(TaskHandle='none'), 'ResourceNotFoundException')
assert sqs.list_message_move_tasks(SourceArn=arn)['Results'][0]['SourceArn'] == arn
gone = refused(lambda: sqs.get_queue_url(QueueName='none'), 'AWS.SimpleQueueService.NonExistentQueue')
assert gone['Error']['Type'] == 'Sender', gone
refused(lambda: sqs.create_queue(QueueName='jobs', Attributes={'VisibilityTimeout': '8'}), 'QueueAlreadyExists')
refused(lambda: sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=11), 'InvalidParameterValue')
sqs.purge_queue(QueueUrl=url)
refused(lambda: sqs.purge_queue(QueueUrl=url), 'AWS.SimpleQueueService.PurgeQueueInProgress')
sqs.delete_queue(QueueUrl=url)
refused(lambda: sqs.send_message(QueueUrl=url, MessageBody='x'), 'AWS.SimpleQueueService.NonExistentQueue')
