# SPDX-License-Identifier: Apache-2.0
# Signed and unsigned requests to a REST API and to a function's URL. "client" comes from the test
# that runs it.
import botocore.auth, botocore.awsrequest, botocore.credentials, io, urllib.error, urllib.request
import zipfile
from urllib.parse import urlparse

A = '111111111111'
R = 'us-east-1'
ENDPOINT = os.environ['ENDPOINT']
ME = f'arn:aws:iam::{A}:user/u'

root = client('iam')
root.create_user(UserName='u')
made = root.create_access_key(UserName='u')['AccessKey']
KEY = (made['AccessKeyId'], made['SecretAccessKey'])

def send(method, url, service, key=None, body=b'', **headers):
    request = botocore.awsrequest.AWSRequest(method=method, url=url, data=body, headers=headers)
    if key:
        botocore.auth.SigV4Auth(botocore.credentials.Credentials(*key), service, R).add_auth(request)
    sent = urllib.request.Request(url, data=body or None, method=method, headers=dict(request.headers))
    try:
        answer = urllib.request.urlopen(sent)
        return answer.status, '', answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get('x-amzn-ErrorType', ''), error.read().decode()

def check(got, *wanted):
    assert got == wanted, (got, wanted)

def allow(actions, resource):
    root.put_user_policy(UserName='u', PolicyName='p', PolicyDocument=json.dumps(
        {'Version': '2012-10-17',
         'Statement': [{'Effect': 'Allow', 'Action': actions, 'Resource': resource}]}))

# A REST API: GET wants a signature, DELETE does not.
gateway = client('apigateway')
api = gateway.create_rest_api(name='a')['id']
resource = gateway.get_resources(restApiId=api)['items'][0]['id']
for method, authorization in (('GET', 'AWS_IAM'), ('DELETE', 'NONE')):
    at = dict(restApiId=api, resourceId=resource, httpMethod=method)
    gateway.put_method(authorizationType=authorization, **at)
    gateway.put_integration(type='MOCK',
        requestTemplates={'application/json': '{"statusCode": 200}'}, **at)
    gateway.put_method_response(statusCode='200', **at)
    gateway.put_integration_response(statusCode='200',
        responseTemplates={'application/json': '$context.identity.userArn'}, **at)
gateway.create_deployment(restApiId=api, stageName='s')
url = f'{ENDPOINT}/_aws/execute-api/{api}/s/'

def invoke(key=None, method='GET'):
    return send(method, url, 'execute-api', key)

def not_authorized(who, method, tail):
    return json.dumps({'Message': f'User: {who} is not authorized to perform: execute-api:Invoke on'
        f' resource: arn:aws:execute-api:{R}:********{A[-4:]}:{api}/s/{method}/ {tail}'},
        separators=(',', ':'))

DENIED = (403, 'AccessDeniedException')
SILENT = 'because no identity-based policy allows the execute-api:Invoke action'
check(invoke(), 403, 'MissingAuthenticationTokenException',
    '{"message":"Missing Authentication Token"}')
check(invoke(KEY), *DENIED, not_authorized(ME, 'GET', SILENT))
assert invoke((KEY[0], 'wrong'))[:2] == (403, 'InvalidSignatureException')
allow('execute-api:Invoke', f'arn:aws:execute-api:{R}:{A}:{api}/s/GET/*')
check(invoke(KEY), 200, '', ME)
check(invoke(method='DELETE'), 200, '', '')
root.delete_user_policy(UserName='u', PolicyName='p')

# The policy of the API is completed, lets signers in, and keeps others out.
gateway.update_rest_api(restApiId=api, patchOperations=[{'op': 'replace', 'path': '/policy',
    'value': json.dumps({'Version': '2012-10-17', 'Statement': [
        {'Effect': 'Deny', 'Principal': '*', 'Action': 'execute-api:Invoke',
            'Resource': 'execute-api:/s/DELETE/*'},
        {'Effect': 'Allow', 'Principal': {'AWS': ['*']}, 'Action': 'execute-api:Invoke',
            'Resource': ['execute-api:/*']}]})}])
kept = json.loads(gateway.get_rest_api(restApiId=api)['policy'])['Statement']
whole = f'arn:aws:execute-api:{R}:{A}:{api}'
assert [kept[0]['Resource'], kept[1]['Resource']] == [whole + '/s/DELETE/*', [whole + '/*']], kept
assert kept[1]['Principal'] == {'AWS': '*'}, kept
check(invoke(KEY), 200, '', ME)
check(invoke(method='DELETE'), *DENIED,
    not_authorized('anonymous', 'DELETE', 'with an explicit deny in a resource-based policy'))

# A function's URL.
role = root.create_role(RoleName='r', AssumeRolePolicyDocument=json.dumps({'Version': '2012-10-17',
    'Statement': [{'Effect': 'Allow', 'Principal': {'Service': 'lambda.amazonaws.com'},
        'Action': 'sts:AssumeRole'}]}))['Role']['Arn']
code = io.BytesIO()
with zipfile.ZipFile(code, 'w') as package:
    package.writestr('i.py', 'def h(event, context): return {"statusCode": 200, "body": "ok"}')
functions = client('lambda')
functions.create_function(FunctionName='f', Runtime='python3.12', Role=role, Handler='i.h',
    Code={'ZipFile': code.getvalue()})
host = urlparse(functions.create_function_url_config(
    FunctionName='f', AuthType='AWS_IAM')['FunctionUrl']).netloc

def call(key=None):
    return send('GET', ENDPOINT + '/', 'lambda', key, Host=host)

assert call()[:2] == DENIED
assert call(KEY)[:2] == DENIED
allow(['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'],
    f'arn:aws:lambda:{R}:{A}:function:f')
check(call(KEY), 200, '', 'ok')
root.delete_user_policy(UserName='u', PolicyName='p')
functions.add_permission(FunctionName='f', StatementId='url', Action='lambda:InvokeFunctionUrl',
    Principal=ME, FunctionUrlAuthType='AWS_IAM')
functions.add_permission(FunctionName='f', StatementId='invoke', Action='lambda:InvokeFunction',
    Principal=ME)
check(call(KEY), 200, '', 'ok')
functions.update_function_url_config(FunctionName='f', AuthType='NONE')
assert call()[:2] == DENIED
functions.add_permission(FunctionName='f', StatementId='open', Action='lambda:InvokeFunctionUrl',
    Principal='*', FunctionUrlAuthType='NONE')
functions.add_permission(FunctionName='f', StatementId='openToo', Action='lambda:InvokeFunction',
    Principal='*', InvokedViaFunctionUrl=True)
check(call(), 200, '', 'ok')
print('{}')
