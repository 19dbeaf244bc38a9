# SPDX-License-Identifier: Apache-2.0
# A user without permissions calls each service; then a policy allows the calls. "client" and
# "refused" come from the test that runs it.
import urllib.error, urllib.request

A = '111111111111'
R = 'us-east-1'
ME = f'arn:aws:iam::{A}:user/team/u'

def arn(service, resource, region=R):
    return f'arn:aws:{service}:{region}:{A}:{resource}'

root = client('iam')
root.create_user(UserName='u', Path='/team/')
key = root.create_access_key(UserName='u')['AccessKey']

def mine(name, secret=key['SecretAccessKey'], id=key['AccessKeyId']):
    return boto3.client(name, endpoint_url=os.environ['ENDPOINT'], aws_access_key_id=id,
        aws_secret_access_key=secret, region_name=R,
        config=Config(retries={'max_attempts': 1}, s3={'addressing_style': 'path'}))

def answer(call):
    try:
        call()
    except ClientError as error:
        return error.response
    raise AssertionError('not refused')

def denied(call, status, code, action, resource, tail=None):
    response = answer(call)
    if tail is None:
        tail = f'because no identity-based policy allows the {action} action'
    on = f' on resource: {resource}' if resource else ''
    wanted = f'User: {ME} is not authorized to perform: {action}{on} {tail}'
    error = response['Error']
    got = (response['ResponseMetadata']['HTTPStatusCode'], error['Code'], error['Message'])
    assert got == (status, code, wanted), (got, wanted)

client('s3').create_bucket(Bucket='bkt')
client('s3').put_object(Bucket='bkt', Key='a b/ü+c', Body=b'x')
queue = client('sqs').create_queue(QueueName='q', tags={'team': 'red'})['QueueUrl']
client('dynamodb').create_table(TableName='tab', BillingMode='PAY_PER_REQUEST',
    AttributeDefinitions=[{'AttributeName': 'pk', 'AttributeType': 'S'}],
    KeySchema=[{'AttributeName': 'pk', 'KeyType': 'HASH'}])
secret = client('secretsmanager').create_secret(Name='sec', SecretString='x')['ARN']

# Authorization comes before existence.
JSON, REST = (400, 'AccessDeniedException'), (403, 'AccessDeniedException')
XML = (403, 'AccessDenied')
for name in ('q', 'none'):
    denied(lambda: mine('sqs').send_message(QueueUrl=queue[:-1] + name, MessageBody='m'),
        *XML, 'sqs:sendmessage', arn('sqs', name))
denied(lambda: mine('sqs').list_queues(), *XML, 'sqs:listqueues', arn('sqs', ''))
for name in ('tab', 'none'):
    denied(lambda: mine('dynamodb').get_item(TableName=name, Key={'pk': {'S': '1'}}),
        *JSON, 'dynamodb:GetItem', arn('dynamodb', 'table/' + name))
denied(lambda: mine('lambda').invoke(FunctionName='none'),
    *REST, 'lambda:InvokeFunction', arn('lambda', 'function:none'))
for key_name in ('a b/ü+c', 'none'):
    denied(lambda: mine('s3').get_object(Bucket='bkt', Key=key_name),
        *XML, 's3:GetObject', f'"arn:aws:s3:::bkt/{key_name}"')
assert answer(lambda: mine('s3').head_object(Bucket='bkt', Key='a'))['Error']['Code'] == '403'
denied(lambda: mine('s3').list_buckets(), *XML, 's3:ListAllMyBuckets', '')
errors = mine('s3').delete_objects(Bucket='bkt', Delete={'Objects': [{'Key': 'k'}]})['Errors']
assert errors[0]['Code'] == 'AccessDenied' and 's3:DeleteObject' in errors[0]['Message'], errors
machine = arn('states', 'stateMachine:m')
denied(lambda: mine('stepfunctions').start_execution(stateMachineArn=machine),
    *JSON, 'states:StartExecution', machine)
denied(lambda: mine('iam').get_role(RoleName='none'), *XML, 'iam:GetRole', 'role none')
denied(lambda: mine('iam').get_user(UserName='u'), *XML, 'iam:GetUser', 'user u')
denied(lambda: mine('iam').list_roles(), *XML, 'iam:ListRoles', arn('iam', 'role/', ''))
denied(lambda: mine('secretsmanager').get_secret_value(SecretId='sec'),
    *JSON, 'secretsmanager:GetSecretValue', secret)
denied(lambda: mine('secretsmanager').get_secret_value(SecretId='none'),
    *JSON, 'secretsmanager:GetSecretValue', 'none')
denied(lambda: mine('logs').describe_log_groups(),
    *JSON, 'logs:DescribeLogGroups', arn('logs', 'log-group::log-stream:'))
denied(lambda: mine('events').list_connections(), *JSON, 'events:ListConnections', '*')
denied(lambda: mine('apigateway').get_rest_apis(),
    *REST, 'apigateway:GET', f'arn:aws:apigateway:{R}::/restapis')
denied(lambda: mine('apigatewayv2').get_apis(),
    *REST, 'apigateway:GET', f'arn:aws:apigateway:{R}::/apis')
denied(lambda: mine('appsync').list_apis(), *REST, 'appsync:ListApis', arn('appsync', '/v2/apis'))
denied(lambda: mine('cloudformation').describe_stacks(StackName='none'),
    *XML, 'cloudformation:DescribeStacks', arn('cloudformation', 'stack/none/*'))
denied(lambda: mine('cloudwatch').describe_alarms(),
    *XML, 'cloudwatch:DescribeAlarms', arn('cloudwatch', 'alarm:*'))
denied(lambda: mine('dynamodbstreams').list_streams(TableName='tab'),
    *JSON, 'dynamodb:ListStreams', arn('dynamodb', 'table/tab/stream/*'))
assert mine('sts').get_caller_identity()['Arn'] == ME

# A wrong secret is refused in each protocol.
for service, call, code in (
        ('sqs', lambda c: c.list_queues(), 'SignatureDoesNotMatch'),
        ('dynamodb', lambda c: c.list_tables(), 'InvalidSignatureException'),
        ('lambda', lambda c: c.list_functions(), 'InvalidSignatureException'),
        ('s3', lambda c: c.list_buckets(), 'SignatureDoesNotMatch'),
        ('iam', lambda c: c.list_roles(), 'SignatureDoesNotMatch'),
        ('sts', lambda c: c.get_caller_identity(), 'SignatureDoesNotMatch'),
        ('logs', lambda c: c.describe_log_groups(), 'InvalidSignatureException')):
    refused(lambda: call(mine(service, 'wrong')), code)

# So is a key that is not active.
def activity(status):
    root.update_access_key(UserName='u', AccessKeyId=key['AccessKeyId'], Status=status)

activity('Inactive')
refused(lambda: mine('sqs').list_queues(), 'InvalidClientTokenId')
refused(lambda: mine('dynamodb').list_tables(), 'UnrecognizedClientException')
refused(lambda: mine('s3').list_buckets(), 'InvalidAccessKeyId')
activity('Active')

def allow(*statements):
    root.put_user_policy(UserName='u', PolicyName='p', PolicyDocument=json.dumps(
        {'Version': '2012-10-17', 'Statement': list(statements)}))

def statement(actions, resource='*', effect='Allow', **more):
    return {'Effect': effect, 'Action': actions, 'Resource': resource, **more}

allow(statement(['sqs:SendMessage', 's3:GetObject', 's3:PutObject', 'dynamodb:GetItem']),
    statement(['lambda:*', 'secretsmanager:GetSecretValue', 'logs:*', 'iam:GetRole']))
mine('sqs').send_message(QueueUrl=queue, MessageBody='m')
mine('dynamodb').get_item(TableName='tab', Key={'pk': {'S': '1'}})
assert mine('s3').get_object(Bucket='bkt', Key='a b/ü+c')['Body'].read() == b'x'
mine('s3').put_object(Bucket='bkt', Key="we'ird (1)+~é/x", Body=b'y')
mine('s3').copy_object(Bucket='bkt', Key='copy', CopySource={'Bucket': 'bkt', 'Key': 'a b/ü+c'})
assert mine('secretsmanager').get_secret_value(SecretId='sec')['SecretString'] == 'x'
mine('logs').create_log_group(logGroupName='/g')
refused(lambda: mine('lambda').invoke(FunctionName='none'), 'ResourceNotFoundException')
refused(lambda: mine('iam').get_role(RoleName='none'), 'NoSuchEntity')
# A caller that may not list a bucket does not learn that an object is missing.
denied(lambda: mine('s3').get_object(Bucket='bkt', Key='none'),
    *XML, 's3:ListBucket', '"arn:aws:s3:::bkt"')
# The role of a new function is handed over.
role = root.create_role(RoleName='fr', AssumeRolePolicyDocument=json.dumps({'Version': '2012-10-17',
    'Statement': [{'Effect': 'Allow', 'Principal': {'Service': 'lambda.amazonaws.com'},
        'Action': 'sts:AssumeRole'}]}))['Role']['Arn']
denied(lambda: mine('lambda').create_function(FunctionName='f', Runtime='python3.12', Role=role,
    Handler='i.h', Code={'ZipFile': b'x'}), *REST, 'iam:PassRole', role)
# The package is read as the caller.
allow(statement('lambda:*'), statement('iam:PassRole', role,
    Condition={'StringEquals': {'iam:PassedToService': 'lambda.amazonaws.com'}}))
denied(lambda: mine('lambda').create_function(FunctionName='f', Runtime='python3.12', Role=role,
    Handler='i.h', Code={'S3Bucket': 'bkt', 'S3Key': 'none'}), *REST,
    's3:GetObject', 'arn:aws:s3:::bkt/none')

# Conditions of the services.
allow(statement('sqs:*', Condition={'StringEquals': {'aws:ResourceTag/team': 'red'}}),
    statement('dynamodb:*', Condition={
        'ForAllValues:StringEquals': {'dynamodb:LeadingKeys': ['${aws:username}']}}),
    statement('s3:ListBucket', Condition={'StringLike': {'s3:prefix': 'home/*'}}))
mine('sqs').send_message(QueueUrl=queue, MessageBody='m')
mine('dynamodb').put_item(TableName='tab', Item={'pk': {'S': 'u'}})
denied(lambda: mine('dynamodb').put_item(TableName='tab', Item={'pk': {'S': 'v'}}),
    *JSON, 'dynamodb:PutItem', arn('dynamodb', 'table/tab'))
denied(lambda: mine('dynamodb').batch_write_item(RequestItems={'tab': [
    {'PutRequest': {'Item': {'pk': {'S': name}}}} for name in ('u', 'v')]}),
    *JSON, 'dynamodb:BatchWriteItem', arn('dynamodb', 'table/tab'))
mine('s3').list_objects_v2(Bucket='bkt', Prefix='home/u')
denied(lambda: mine('s3').list_objects_v2(Bucket='bkt'), *XML, 's3:ListBucket', '"arn:aws:s3:::bkt"')

# A resource policy lets the user in, and keeps the user out.
allow(statement('iam:GetUser'))
def open_queue(effect):
    client('sqs').set_queue_attributes(QueueUrl=queue, Attributes={'Policy': json.dumps(
        {'Version': '2012-10-17', 'Statement': [statement('sqs:SendMessage', arn('sqs', 'q'), effect,
            Principal={'AWS': ME})]})})
open_queue('Allow')
mine('sqs').send_message(QueueUrl=queue, MessageBody='m')
allow(statement('sqs:*'))
open_queue('Deny')
denied(lambda: mine('sqs').send_message(QueueUrl=queue, MessageBody='m'), *XML, 'sqs:sendmessage',
    arn('sqs', 'q'), 'with an explicit deny in a resource-based policy')

# Unsigned requests.
def raw(body, **headers):
    request = urllib.request.Request(os.environ['ENDPOINT'] + '/', data=body, method='POST',
        headers={name.replace('_', '-'): value for name, value in headers.items()})
    try:
        raise AssertionError(urllib.request.urlopen(request).read())
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read().decode()

status, headers, body = raw(json.dumps({'QueueUrl': queue, 'MessageBody': 'm'}).encode(),
    X_Amz_Target='AmazonSQS.SendMessage', Content_Type='application/x-amz-json-1.0')
assert status == 403 and headers['x-amzn-query-error'] == 'AccessDenied;Sender', headers
assert json.loads(body)['__type'] == 'com.amazon.coral.service#AccessDeniedException', body
assert json.loads(body)['Message'].startswith('User: anonymous is not authorized to'), body
status, headers, body = raw(b'{}', X_Amz_Target='AWSStepFunctions.ListStateMachines',
    Content_Type='application/x-amz-json-1.0')
assert (status, json.loads(body)) == (400, {'__type': 'MissingAuthenticationTokenException',
    'message': 'Missing Authentication Token'}), body
status, headers, body = raw(b'Action=ListRoles&Version=2010-05-08', Host='iam.amazonaws.com',
    Content_Type='application/x-www-form-urlencoded')
assert status == 403 and '<Code>MissingAuthenticationToken</Code>' in body, body
print('{}')
