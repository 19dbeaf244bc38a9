# SPDX-License-Identifier: Apache-2.0
# A story for each service in which every operation comes up, told by boto3. Prints the operations
# that were answered with success. "client" and "refused" come from the test that runs it.
import base64, hashlib, hmac, io, json, struct, time, urllib.error, urllib.request, zipfile

called = {}

def tracked(name, **more):
    made = client(name, **more)
    def note(http_response, model, **rest):
        if http_response.status_code < 300:
            called.setdefault(made.meta.service_model.signing_name, set()).add(model.name)
    made.meta.events.register('after-call', note)
    return made

def until(condition):
    while True:
        found = condition()
        if found:
            return found
        time.sleep(0.02)

ACCOUNT = '111111111111'
TRUST = json.dumps({'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow',
    'Principal': {'Service': 'lambda.amazonaws.com'}, 'Action': 'sts:AssumeRole'}]})
ALLOW = json.dumps({'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow',
    'Action': 'sqs:SendMessage', 'Resource': '*'}]})
DENY = ALLOW.replace('Allow', 'Deny')
ROLE = 'arn:aws:iam::' + ACCOUNT + ':role/walker'

def simulations(iam):
    source = {'PolicySourceArn': ROLE, 'ActionNames': ['sqs:SendMessage']}
    result = iam.simulate_principal_policy(**source)['EvaluationResults'][0]
    assert result['EvalDecision'] == 'allowed'
    assert result['MatchedStatements'][0]['SourcePolicyId'] == 'role_walker_inline'
    denied = iam.simulate_principal_policy(PolicyInputList=[DENY], **source)['EvaluationResults'][0]
    assert denied['EvalDecision'] == 'explicitDeny' and denied['MatchedStatements'][0]['SourcePolicyId'] == 'PolicyInputList.1'
    own = ALLOW.replace('"*"', '"arn:aws:sqs:us-east-1:' + ACCOUNT + ':${aws:username}"')
    results = iam.simulate_custom_policy(PolicyInputList=[own], ActionNames=['sqs:SendMessage', 'sqs:PurgeQueue'],
        ResourceArns=['arn:aws:sqs:us-east-1:' + ACCOUNT + ':ann'],
        ContextEntries=[{'ContextKeyName': 'aws:username', 'ContextKeyType': 'string', 'ContextKeyValues': ['ann']}])
    assert [r['EvalDecision'] for r in results['EvaluationResults']] == ['allowed', 'implicitDeny']
    assert iam.get_context_keys_for_custom_policy(PolicyInputList=[own])['ContextKeyNames'] == ['aws:username']
    assert iam.get_context_keys_for_principal_policy(PolicySourceArn=ROLE)['ContextKeyNames'] == []

def sts():
    sts = tracked('sts')
    assert sts.get_caller_identity()['Account'] == ACCOUNT
    session = sts.assume_role(RoleArn=ROLE, RoleSessionName='walk')
    assert session['AssumedRoleUser']['Arn'].endswith('assumed-role/walker/walk')
    assert session['Credentials']['AccessKeyId'].startswith('ASIA')
    assert sts.get_access_key_info(AccessKeyId=session['Credentials']['AccessKeyId'])['Account'] == ACCOUNT
    assert sts.get_session_token()['Credentials']['SessionToken']
    federated = sts.get_federation_token(Name='walker')['FederatedUser']['Arn']
    assert federated == 'arn:aws:sts::' + ACCOUNT + ':federated-user/walker'
    refused(lambda: sts.assume_role_with_web_identity(RoleArn=ROLE, RoleSessionName='walk',
        WebIdentityToken='no.token'), 'InvalidIdentityToken')
    pools = client('cognito-identity')
    pool = pools.create_identity_pool(IdentityPoolName='walk', AllowUnauthenticatedIdentities=True)['IdentityPoolId']
    identity = pools.get_id(IdentityPoolId=pool)['IdentityId']
    token = pools.get_open_id_token(IdentityId=identity)['Token']
    session = sts.assume_role_with_web_identity(RoleArn=ROLE, RoleSessionName='walk', WebIdentityToken=token)
    assert (session['SubjectFromWebIdentityToken'], session['Audience']) == (identity, pool)
    pools.delete_identity_pool(IdentityPoolId=pool)

def iam():
    iam = tracked('iam')
    assert iam.get_user()['User']['Arn'].startswith('arn:aws:iam::')
    role = iam.create_role(RoleName='walker', AssumeRolePolicyDocument=TRUST,
        Description='walks', Tags=[{'Key': 'a', 'Value': '1'}])['Role']
    assert role['Arn'] == ROLE
    iam.update_role(RoleName='walker', Description='runs', MaxSessionDuration=7200)
    got = iam.get_role(RoleName='walker')['Role']
    assert (got['Description'], got['MaxSessionDuration']) == ('runs', 7200)
    assert iam.update_role_description(RoleName='walker', Description='flies')['Role']['Description'] == 'flies'
    iam.update_assume_role_policy(RoleName='walker', PolicyDocument=TRUST.replace('lambda', 'states'))
    principal = iam.get_role(RoleName='walker')['Role']['AssumeRolePolicyDocument']['Statement'][0]['Principal']
    assert principal == {'Service': 'states.amazonaws.com'}
    assert [r['RoleName'] for r in iam.list_roles()['Roles']] == ['walker']
    iam.tag_role(RoleName='walker', Tags=[{'Key': 'b', 'Value': '2'}])
    iam.untag_role(RoleName='walker', TagKeys=['a'])
    assert iam.list_role_tags(RoleName='walker')['Tags'] == [{'Key': 'b', 'Value': '2'}]
    iam.put_role_policy(RoleName='walker', PolicyName='inline', PolicyDocument=ALLOW)
    assert iam.list_role_policies(RoleName='walker')['PolicyNames'] == ['inline']
    document = iam.get_role_policy(RoleName='walker', PolicyName='inline')['PolicyDocument']
    assert document == json.loads(ALLOW)
    simulations(iam)
    policy = iam.create_policy(PolicyName='managed', PolicyDocument=ALLOW)['Policy']['Arn']
    assert iam.create_policy_version(PolicyArn=policy, PolicyDocument=DENY)['PolicyVersion']['VersionId'] == 'v2'
    iam.set_default_policy_version(PolicyArn=policy, VersionId='v2')
    assert iam.get_policy(PolicyArn=policy)['Policy']['DefaultVersionId'] == 'v2'
    version = iam.get_policy_version(PolicyArn=policy, VersionId='v2')['PolicyVersion']
    assert version['Document'] == json.loads(DENY) and version['IsDefaultVersion']
    iam.delete_policy_version(PolicyArn=policy, VersionId='v1')
    assert [v['VersionId'] for v in iam.list_policy_versions(PolicyArn=policy)['Versions']] == ['v2']
    assert iam.list_entities_for_policy(PolicyArn=policy)['PolicyRoles'] == []
    iam.tag_policy(PolicyArn=policy, Tags=[{'Key': 'a', 'Value': '1'}, {'Key': 'b', 'Value': '2'}])
    iam.untag_policy(PolicyArn=policy, TagKeys=['a'])
    assert iam.get_policy(PolicyArn=policy)['Policy']['Tags'] == [{'Key': 'b', 'Value': '2'}]
    iam.attach_role_policy(RoleName='walker', PolicyArn=policy)
    attached = iam.list_attached_role_policies(RoleName='walker')['AttachedPolicies']
    assert attached == [{'PolicyName': 'managed', 'PolicyArn': policy}]
    refused(lambda: iam.delete_policy(PolicyArn=policy), 'DeleteConflict')
    assert iam.list_instance_profiles_for_role(RoleName='walker')['InstanceProfiles'] == []
    iam.detach_role_policy(RoleName='walker', PolicyArn=policy)
    iam.delete_policy(PolicyArn=policy)
    assert iam.list_policies(Scope='Local')['Policies'] == []
    iam.delete_role_policy(RoleName='walker', PolicyName='inline')
    iam.delete_role(RoleName='walker')
    refused(lambda: iam.get_role(RoleName='walker'), 'NoSuchEntity')
    users(iam)
    groups(iam)
    profiles(iam)
    providers(iam)

def users(iam):
    managed = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
    user = iam.create_user(UserName='ann', Path='/people/', Tags=[{'Key': 'a', 'Value': '1'}])['User']
    assert user['Arn'] == 'arn:aws:iam::' + ACCOUNT + ':user/people/ann' and user['UserId'].startswith('AIDA')
    refused(lambda: iam.create_user(UserName='Ann'), 'EntityAlreadyExists')
    iam.tag_user(UserName='ann', Tags=[{'Key': 'b', 'Value': '2'}])
    iam.untag_user(UserName='ann', TagKeys=['a'])
    assert iam.list_user_tags(UserName='ann')['Tags'] == [{'Key': 'b', 'Value': '2'}]
    assert [u['UserName'] for u in iam.list_users(PathPrefix='/people/')['Users']] == ['ann']
    iam.put_user_policy(UserName='ann', PolicyName='inline', PolicyDocument=ALLOW)
    assert iam.list_user_policies(UserName='ann')['PolicyNames'] == ['inline']
    document = iam.get_user_policy(UserName='ann', PolicyName='inline')['PolicyDocument']
    assert document['Statement'][0]['Action'] == 'sqs:SendMessage'
    iam.attach_user_policy(UserName='ann', PolicyArn=managed)
    assert iam.list_attached_user_policies(UserName='ann')['AttachedPolicies'][0]['PolicyArn'] == managed
    iam.put_user_permissions_boundary(UserName='ann', PermissionsBoundary=managed)
    boundary = iam.get_user(UserName='ann')['User']['PermissionsBoundary']
    assert boundary['PermissionsBoundaryArn'] == managed
    iam.delete_user_permissions_boundary(UserName='ann')
    assert not iam.create_login_profile(UserName='ann', Password='correct horse')['LoginProfile']['PasswordResetRequired']
    iam.update_login_profile(UserName='ann', PasswordResetRequired=True)
    assert iam.get_login_profile(UserName='ann')['LoginProfile']['PasswordResetRequired']
    key = iam.create_access_key(UserName='ann')['AccessKey']
    assert iam.list_access_keys(UserName='ann')['AccessKeyMetadata'][0]['AccessKeyId'] == key['AccessKeyId']
    assert iam.get_access_key_last_used(AccessKeyId=key['AccessKeyId'])['UserName'] == 'ann'
    iam.update_access_key(UserName='ann', AccessKeyId=key['AccessKeyId'], Status='Inactive')
    details = iam.get_account_authorization_details(Filter=['User'])['UserDetailList']
    assert details[0]['UserPolicyList'][0]['PolicyName'] == 'inline'
    refused(lambda: iam.delete_user(UserName='ann'), 'DeleteConflict')
    iam.update_user(UserName='ann', NewUserName='anna')
    iam.delete_access_key(UserName='anna', AccessKeyId=key['AccessKeyId'])
    iam.delete_login_profile(UserName='anna')
    iam.detach_user_policy(UserName='anna', PolicyArn=managed)
    iam.delete_user_policy(UserName='anna', PolicyName='inline')
    iam.delete_user(UserName='anna')

def groups(iam):
    managed = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
    iam.create_user(UserName='bob')
    assert iam.create_group(GroupName='staff')['Group']['GroupId'].startswith('AGPA')
    iam.add_user_to_group(GroupName='staff', UserName='bob')
    assert [u['UserName'] for u in iam.get_group(GroupName='staff')['Users']] == ['bob']
    assert [g['GroupName'] for g in iam.list_groups_for_user(UserName='bob')['Groups']] == ['staff']
    iam.put_group_policy(GroupName='staff', PolicyName='inline', PolicyDocument=ALLOW)
    assert iam.list_group_policies(GroupName='staff')['PolicyNames'] == ['inline']
    assert iam.get_group_policy(GroupName='staff', PolicyName='inline')['PolicyDocument']
    iam.attach_group_policy(GroupName='staff', PolicyArn=managed)
    assert iam.list_attached_group_policies(GroupName='staff')['AttachedPolicies'][0]['PolicyName'] == 'ReadOnlyAccess'
    assert iam.list_entities_for_policy(PolicyArn=managed)['PolicyGroups'][0]['GroupName'] == 'staff'
    iam.update_group(GroupName='staff', NewGroupName='team')
    assert [g['GroupName'] for g in iam.list_groups()['Groups']] == ['team']
    refused(lambda: iam.delete_group(GroupName='team'), 'DeleteConflict')
    iam.detach_group_policy(GroupName='team', PolicyArn=managed)
    iam.delete_group_policy(GroupName='team', PolicyName='inline')
    iam.remove_user_from_group(GroupName='team', UserName='bob')
    iam.delete_group(GroupName='team')
    iam.delete_user(UserName='bob')

def profiles(iam):
    iam.create_role(RoleName='walker', AssumeRolePolicyDocument=TRUST)
    iam.put_role_permissions_boundary(RoleName='walker', PermissionsBoundary='arn:aws:iam::aws:policy/ReadOnlyAccess')
    iam.delete_role_permissions_boundary(RoleName='walker')
    iam.create_instance_profile(InstanceProfileName='walker', Tags=[{'Key': 'a', 'Value': '1'}])
    iam.tag_instance_profile(InstanceProfileName='walker', Tags=[{'Key': 'b', 'Value': '2'}])
    iam.untag_instance_profile(InstanceProfileName='walker', TagKeys=['a'])
    assert iam.list_instance_profile_tags(InstanceProfileName='walker')['Tags'] == [{'Key': 'b', 'Value': '2'}]
    iam.add_role_to_instance_profile(InstanceProfileName='walker', RoleName='walker')
    profile = iam.get_instance_profile(InstanceProfileName='walker')['InstanceProfile']
    assert profile['Roles'][0]['RoleName'] == 'walker'
    assert len(iam.list_instance_profiles()['InstanceProfiles']) == 1
    iam.remove_role_from_instance_profile(InstanceProfileName='walker', RoleName='walker')
    iam.delete_instance_profile(InstanceProfileName='walker')
    iam.delete_role(RoleName='walker')
    role = iam.create_service_linked_role(AWSServiceName='appsync.amazonaws.com')['Role']['RoleName']
    refused(lambda: iam.delete_role(RoleName=role), 'UnmodifiableEntity')
    task = iam.delete_service_linked_role(RoleName=role)['DeletionTaskId']
    assert iam.get_service_linked_role_deletion_status(DeletionTaskId=task)['Status'] == 'SUCCEEDED'
    iam.create_account_alias(AccountAlias='walkers')
    assert iam.list_account_aliases()['AccountAliases'] == ['walkers']
    iam.delete_account_alias(AccountAlias='walkers')
    assert iam.get_account_summary()['SummaryMap']['Users'] == 0

def providers(iam):
    arn = iam.create_open_id_connect_provider(Url='https://example.com', ClientIDList=['one'],
        Tags=[{'Key': 'a', 'Value': '1'}])['OpenIDConnectProviderArn']
    assert arn == 'arn:aws:iam::' + ACCOUNT + ':oidc-provider/example.com'
    iam.add_client_id_to_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID='two')
    iam.remove_client_id_from_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID='one')
    iam.update_open_id_connect_provider_thumbprint(OpenIDConnectProviderArn=arn, ThumbprintList=['0' * 40])
    iam.tag_open_id_connect_provider(OpenIDConnectProviderArn=arn, Tags=[{'Key': 'b', 'Value': '2'}])
    iam.untag_open_id_connect_provider(OpenIDConnectProviderArn=arn, TagKeys=['a'])
    assert iam.list_open_id_connect_provider_tags(OpenIDConnectProviderArn=arn)['Tags'] == [{'Key': 'b', 'Value': '2'}]
    assert iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)['ClientIDList'] == ['two']
    assert iam.list_open_id_connect_providers()['OpenIDConnectProviderList'] == [{'Arn': arn}]
    iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=arn)

def logs():
    logs = tracked('logs')
    logs.create_log_group(logGroupName='walk', tags={'a': '1'})
    group = logs.describe_log_groups()['logGroups'][0]
    assert group['logGroupName'] == 'walk'
    arn = group['logGroupArn']
    logs.put_retention_policy(logGroupName='walk', retentionInDays=7)
    logs.associate_kms_key(logGroupName='walk', kmsKeyId='arn:aws:kms:us-east-1:111111111111:key/k')
    group = logs.describe_log_groups(logGroupNamePrefix='wa')['logGroups'][0]
    assert group['retentionInDays'] == 7 and group['kmsKeyId'].endswith('key/k')
    logs.delete_retention_policy(logGroupName='walk')
    logs.disassociate_kms_key(logGroupName='walk')
    group = logs.describe_log_groups()['logGroups'][0]
    assert 'retentionInDays' not in group and 'kmsKeyId' not in group
    logs.tag_resource(resourceArn=arn, tags={'b': '2'})
    logs.untag_resource(resourceArn=arn, tagKeys=['a'])
    assert logs.list_tags_for_resource(resourceArn=arn)['tags'] == {'b': '2'}
    logs.create_log_stream(logGroupName='walk', logStreamName='s')
    now = int(time.time() * 1000)
    logs.put_log_events(logGroupName='walk', logStreamName='s', logEvents=[
        {'timestamp': now, 'message': 'left'}, {'timestamp': now + 1, 'message': 'right'}])
    assert logs.describe_log_streams(logGroupName='walk')['logStreams'][0]['logStreamName'] == 's'
    events = logs.get_log_events(logGroupName='walk', logStreamName='s', startFromHead=True)['events']
    assert [e['message'] for e in events] == ['left', 'right']
    found = logs.filter_log_events(logGroupName='walk', filterPattern='right')['events']
    assert [e['message'] for e in found] == ['right']
    logs.delete_log_stream(logGroupName='walk', logStreamName='s')
    assert logs.describe_log_streams(logGroupName='walk')['logStreams'] == []
    logs.delete_log_group(logGroupName='walk')
    assert logs.describe_log_groups(logGroupNamePrefix='walk')['logGroups'] == []

def secrets():
    sm = tracked('secretsmanager')
    assert len(sm.get_random_password(PasswordLength=20)['RandomPassword']) == 20
    arn = sm.create_secret(Name='walk', SecretString='one', Tags=[{'Key': 'a', 'Value': '1'}])['ARN']
    second = sm.put_secret_value(SecretId='walk', SecretString='two')['VersionId']
    assert sm.get_secret_value(SecretId='walk')['SecretString'] == 'two'
    previous = sm.get_secret_value(SecretId=arn, VersionStage='AWSPREVIOUS')
    assert previous['SecretString'] == 'one'
    sm.update_secret_version_stage(SecretId='walk', VersionStage='AWSCURRENT',
        MoveToVersionId=previous['VersionId'], RemoveFromVersionId=second)
    assert sm.get_secret_value(SecretId='walk')['SecretString'] == 'one'
    sm.update_secret(SecretId='walk', Description='described')
    sm.tag_resource(SecretId='walk', Tags=[{'Key': 'b', 'Value': '2'}])
    sm.untag_resource(SecretId='walk', TagKeys=['a'])
    described = sm.describe_secret(SecretId='walk')
    assert described['Description'] == 'described' and described['Tags'] == [{'Key': 'b', 'Value': '2'}]
    assert sm.get_resource_policy(SecretId='walk')['ARN'] == arn
    assert [s['Name'] for s in sm.list_secrets()['SecretList']] == ['walk']
    assert len(sm.list_secret_version_ids(SecretId='walk')['Versions']) == 2
    assert sm.batch_get_secret_value(SecretIdList=['walk'])['SecretValues'][0]['SecretString'] == 'one'
    policy = json.dumps({'Version': '2012-10-17', 'Statement': []})
    sm.put_resource_policy(SecretId='walk', ResourcePolicy=policy)
    assert sm.get_resource_policy(SecretId='walk')['ResourcePolicy'] == policy
    sm.delete_resource_policy(SecretId='walk')
    sm.delete_secret(SecretId='walk')
    refused(lambda: sm.get_secret_value(SecretId='walk'), 'InvalidRequestException')
    sm.restore_secret(SecretId='walk')
    sm.delete_secret(SecretId='walk', ForceDeleteWithoutRecovery=True)
    refused(lambda: sm.describe_secret(SecretId='walk'), 'ResourceNotFoundException')

def s3():
    s3 = tracked('s3', s3={'addressing_style': 'path'})
    s3.create_bucket(Bucket='walk')
    s3.head_bucket(Bucket='walk')
    s3_versions(s3)
    assert 'walk' in [b['Name'] for b in s3.list_buckets()['Buckets']]
    s3.put_object(Bucket='walk', Key='a/b', Body=b'steps', Metadata={'k': 'v'})
    assert s3.head_object(Bucket='walk', Key='a/b')['Metadata'] == {'k': 'v'}
    assert s3.get_object(Bucket='walk', Key='a/b')['Body'].read() == b'steps'
    listed = s3.list_objects_v2(Bucket='walk', Prefix='a/')
    assert [(o['Key'], o['Size']) for o in listed['Contents']] == [('a/b', 5)]
    assert [o['Key'] for o in s3.list_objects(Bucket='walk')['Contents']] == ['a/b']
    assert s3.get_bucket_location(Bucket='walk')['LocationConstraint'] is None
    copied = s3.copy_object(Bucket='walk', Key='c', CopySource={'Bucket': 'walk', 'Key': 'a/b'})
    assert copied['CopyObjectResult']['ETag'] == s3.head_object(Bucket='walk', Key='c')['ETag']
    upload = s3.create_multipart_upload(Bucket='walk', Key='d')['UploadId']
    part = s3.upload_part(Bucket='walk', Key='d', UploadId=upload, PartNumber=1, Body=b'part')
    parts = s3.list_parts(Bucket='walk', Key='d', UploadId=upload)['Parts']
    assert [(p['PartNumber'], p['Size'], p['ETag']) for p in parts] == [(1, 4, part['ETag'])]
    s3.complete_multipart_upload(Bucket='walk', Key='d', UploadId=upload,
        MultipartUpload={'Parts': [{'PartNumber': 1, 'ETag': part['ETag']}]})
    given_up = s3.create_multipart_upload(Bucket='walk', Key='e')['UploadId']
    s3.abort_multipart_upload(Bucket='walk', Key='e', UploadId=given_up)
    deleted = s3.delete_objects(Bucket='walk', Delete={'Objects': [{'Key': 'c'}, {'Key': 'd'}]})
    assert sorted(d['Key'] for d in deleted['Deleted']) == ['c', 'd']
    s3.delete_object(Bucket='walk', Key='a/b')
    refused(lambda: s3.get_object(Bucket='walk', Key='a/b'), 'NoSuchKey')
    s3.delete_bucket(Bucket='walk')
    assert s3.list_buckets()['Buckets'] == []

def s3_versions(s3):
    s3.create_bucket(Bucket='versions')
    s3.put_bucket_versioning(Bucket='versions', VersioningConfiguration={'Status': 'Enabled'})
    assert s3.get_bucket_versioning(Bucket='versions')['Status'] == 'Enabled'
    one = s3.put_object(Bucket='versions', Key='k', Body=b'one', Tagging='a=1')['VersionId']
    two = s3.put_object(Bucket='versions', Key='k', Body=b'two')['VersionId']
    listed = s3.list_object_versions(Bucket='versions')['Versions']
    assert [(v['VersionId'], v['IsLatest']) for v in listed] == [(two, True), (one, False)]
    assert s3.get_object_tagging(Bucket='versions', Key='k', VersionId=one)['TagSet'] == [{'Key': 'a', 'Value': '1'}]
    s3.put_object_tagging(Bucket='versions', Key='k', Tagging={'TagSet': [{'Key': 'b', 'Value': '2'}]})
    assert s3.head_object(Bucket='versions', Key='k')['TagCount'] == 1
    assert s3.delete_object_tagging(Bucket='versions', Key='k')['VersionId'] == two
    wanted = ['ETag', 'ObjectSize', 'StorageClass']
    attributes = s3.get_object_attributes(Bucket='versions', Key='k', ObjectAttributes=wanted)
    assert (attributes['ObjectSize'], attributes['StorageClass']) == (3, 'STANDARD')
    upload = s3.create_multipart_upload(Bucket='versions', Key='parts')['UploadId']
    assert [u['UploadId'] for u in s3.list_multipart_uploads(Bucket='versions')['Uploads']] == [upload]
    s3.upload_part_copy(Bucket='versions', Key='parts', UploadId=upload, PartNumber=1,
        CopySource={'Bucket': 'versions', 'Key': 'k', 'VersionId': one}, CopySourceRange='bytes=1-2')
    s3.abort_multipart_upload(Bucket='versions', Key='parts', UploadId=upload)
    for version in (one, two):
        s3.delete_object(Bucket='versions', Key='k', VersionId=version)
    s3.delete_bucket(Bucket='versions')


def s3_settings():
    s3 = tracked('s3', s3={'addressing_style': 'path'})
    s3.create_bucket(Bucket='set')
    at = {'Bucket': 'set'}
    s3.put_bucket_tagging(**at, Tagging={'TagSet': [{'Key': 'a', 'Value': '1'}]})
    assert s3.get_bucket_tagging(**at)['TagSet'] == [{'Key': 'a', 'Value': '1'}]
    s3.delete_bucket_tagging(**at)
    refused(lambda: s3.get_bucket_tagging(**at), 'NoSuchTagSet')
    cors = [{'AllowedMethods': ['GET'], 'AllowedOrigins': ['https://a.example.com'], 'MaxAgeSeconds': 9}]
    s3.put_bucket_cors(**at, CORSConfiguration={'CORSRules': cors})
    assert s3.get_bucket_cors(**at)['CORSRules'] == cors
    s3.delete_bucket_cors(**at)
    refused(lambda: s3.get_bucket_cors(**at), 'NoSuchCORSConfiguration')
    rules = [{'ID': 'r', 'Status': 'Enabled', 'Filter': {'And': {'Prefix': 'p', 'Tags': [{'Key': 'k', 'Value': 'v'}]}},
        'Expiration': {'Days': 1}, 'NoncurrentVersionExpiration': {'NoncurrentDays': 2}}]
    s3.put_bucket_lifecycle_configuration(**at, LifecycleConfiguration={'Rules': rules})
    assert s3.get_bucket_lifecycle_configuration(**at)['Rules'] == rules
    assert 'rule-id="r"' in s3.put_object(**at, Key='p1', Body=b'x', Tagging='k=v')['Expiration']
    s3.delete_bucket_lifecycle(**at)
    refused(lambda: s3.get_bucket_lifecycle_configuration(**at), 'NoSuchLifecycleConfiguration')
    policy = json.dumps({'Statement': [{'Effect': 'Deny', 'Principal': '*', 'Action': 's3:*', 'Resource': 'arn:aws:s3:::set/*'}]})
    s3.put_bucket_policy(**at, Policy=policy)
    assert s3.get_bucket_policy(**at)['Policy'] == policy
    assert s3.get_bucket_policy_status(**at)['PolicyStatus'] == {'IsPublic': False}
    s3.delete_bucket_policy(**at)
    refused(lambda: s3.get_bucket_policy(**at), 'NoSuchBucketPolicy')
    assert all(s3.get_public_access_block(**at)['PublicAccessBlockConfiguration'].values())
    s3.put_public_access_block(**at, PublicAccessBlockConfiguration={'BlockPublicAcls': True})
    assert not s3.get_public_access_block(**at)['PublicAccessBlockConfiguration']['BlockPublicPolicy']
    s3.delete_public_access_block(**at)
    refused(lambda: s3.get_public_access_block(**at), 'NoSuchPublicAccessBlockConfiguration')
    refused(lambda: s3.put_bucket_acl(**at, ACL='private'), 'AccessControlListNotSupported')
    s3.put_bucket_ownership_controls(**at, OwnershipControls={'Rules': [{'ObjectOwnership': 'ObjectWriter'}]})
    assert s3.get_bucket_ownership_controls(**at)['OwnershipControls']['Rules'] == [{'ObjectOwnership': 'ObjectWriter'}]
    s3.put_bucket_acl(**at, ACL='public-read')
    assert [g['Permission'] for g in s3.get_bucket_acl(**at)['Grants']] == ['FULL_CONTROL', 'READ']
    s3.delete_bucket_ownership_controls(**at)
    sse = [{'ApplyServerSideEncryptionByDefault': {'SSEAlgorithm': 'aws:kms'}, 'BucketKeyEnabled': True}]
    s3.put_bucket_encryption(**at, ServerSideEncryptionConfiguration={'Rules': sse})
    assert s3.get_bucket_encryption(**at)['ServerSideEncryptionConfiguration']['Rules'] == sse
    assert s3.put_object(**at, Key='e', Body=b'x')['ServerSideEncryption'] == 'aws:kms'
    s3.delete_bucket_encryption(**at)
    site = {'IndexDocument': {'Suffix': 'i.html'}, 'RoutingRules': [{'Redirect': {'ReplaceKeyWith': 'k'}}]}
    s3.put_bucket_website(**at, WebsiteConfiguration=site)
    assert s3.get_bucket_website(**at)['RoutingRules'] == site['RoutingRules']
    s3.delete_bucket_website(**at)
    s3.put_bucket_logging(**at, BucketLoggingStatus={'LoggingEnabled': {'TargetBucket': 'set', 'TargetPrefix': 'l/'}})
    assert s3.get_bucket_logging(**at)['LoggingEnabled']['TargetPrefix'] == 'l/'
    s3.put_bucket_request_payment(**at, RequestPaymentConfiguration={'Payer': 'Requester'})
    assert s3.get_bucket_request_payment(**at)['Payer'] == 'Requester'
    s3.put_bucket_accelerate_configuration(**at, AccelerateConfiguration={'Status': 'Enabled'})
    assert s3.get_bucket_accelerate_configuration(**at)['Status'] == 'Enabled'
    s3.put_bucket_notification_configuration(**at, NotificationConfiguration={'EventBridgeConfiguration': {}})
    assert s3.get_bucket_notification_configuration(**at)['EventBridgeConfiguration'] == {}
    s3.create_bucket(Bucket='locked', ObjectLockEnabledForBucket=True)
    lock = {'ObjectLockEnabled': 'Enabled'}
    s3.put_object_lock_configuration(Bucket='locked', ObjectLockConfiguration=lock)
    assert s3.get_object_lock_configuration(Bucket='locked')['ObjectLockConfiguration'] == lock
    refused(lambda: s3.get_bucket_replication(**at), 'ReplicationConfigurationNotFoundError')
    called['s3'].add('GetBucketReplication') # there is never one
    s3.delete_bucket_replication(**at)
    for kind in ('analytics', 'intelligent_tiering', 'inventory', 'metrics'):
        assert not getattr(s3, 'list_bucket_' + kind + '_configurations')(**at)['IsTruncated']
        for way in ('get', 'delete'):
            operation = way + '_bucket_' + kind + '_configuration'
            refused(lambda: getattr(s3, operation)(**at, Id='x'), 'NoSuchConfiguration')
            called['s3'].add(s3.meta.method_to_api_mapping[operation]) # there is never one
    for key in ('p1', 'e'):
        s3.delete_object(**at, Key=key)
    s3.delete_bucket(**at)
    s3.delete_bucket(Bucket='locked')

def events():
    events = tracked('events')
    key = {'ApiKeyAuthParameters': {'ApiKeyName': 'x-api-key', 'ApiKeyValue': 'hush'}}
    arn = events.create_connection(Name='walk', AuthorizationType='API_KEY', AuthParameters=key)['ConnectionArn']
    described = events.describe_connection(Name='walk')
    assert described['ConnectionState'] == 'AUTHORIZED' and described['ConnectionArn'] == arn
    assert 'ApiKeyValue' not in described['AuthParameters']['ApiKeyAuthParameters']
    events.update_connection(Name='walk', Description='walked')
    assert events.describe_connection(Name='walk')['Description'] == 'walked'
    assert [c['Name'] for c in events.list_connections()['Connections']] == ['walk']
    events.deauthorize_connection(Name='walk')
    assert events.describe_connection(Name='walk')['ConnectionState'] == 'DEAUTHORIZED'
    events.delete_connection(Name='walk')
    assert events.list_connections()['Connections'] == []
    put = events.put_events(Entries=[{'Source': 'walk', 'DetailType': 'step', 'Detail': '{}'},
        {'Source': 'walk', 'DetailType': 'step', 'Detail': 'no JSON'}])
    assert put['FailedEntryCount'] == 1 and 'EventId' in put['Entries'][0]

def cloudwatch():
    cw = tracked('cloudwatch')
    cw.put_metric_data(Namespace='walk', MetricData=[{'MetricName': 'steps', 'Value': 3, 'Unit': 'Count'}])
    assert [m['MetricName'] for m in cw.list_metrics(Namespace='walk')['Metrics']] == ['steps']
    from datetime import datetime, timedelta, timezone
    now = datetime.now(timezone.utc)
    span = dict(StartTime=now - timedelta(hours=1), EndTime=now + timedelta(hours=1))
    points = cw.get_metric_statistics(Namespace='walk', MetricName='steps', Period=60, Statistics=['Sum'], **span)
    assert [p['Sum'] for p in points['Datapoints']] == [3.0]
    data = cw.get_metric_data(MetricDataQueries=[{'Id': 'm', 'MetricStat': {'Metric':
        {'Namespace': 'walk', 'MetricName': 'steps'}, 'Period': 60, 'Stat': 'Maximum'}}], **span)
    assert data['MetricDataResults'][0]['Values'] == [3.0]
    cw.put_metric_alarm(AlarmName='walk', Namespace='walk', MetricName='steps', Statistic='Sum', Period=60,
        EvaluationPeriods=1, Threshold=1, ComparisonOperator='GreaterThanThreshold', Tags=[{'Key': 'a', 'Value': '1'}])
    alarm = cw.describe_alarms(AlarmNames=['walk'])['MetricAlarms'][0]
    assert alarm['Threshold'] == 1.0 and alarm['ActionsEnabled']
    cw.disable_alarm_actions(AlarmNames=['walk'])
    assert not cw.describe_alarms()['MetricAlarms'][0]['ActionsEnabled']
    cw.enable_alarm_actions(AlarmNames=['walk'])
    assert cw.describe_alarms()['MetricAlarms'][0]['ActionsEnabled']
    cw.set_alarm_state(AlarmName='walk', StateValue='ALARM', StateReason='tripped')
    assert cw.describe_alarms(StateValue='ALARM')['MetricAlarms'][0]['StateReason'] == 'tripped'
    arn = alarm['AlarmArn']
    cw.tag_resource(ResourceARN=arn, Tags=[{'Key': 'b', 'Value': '2'}])
    cw.untag_resource(ResourceARN=arn, TagKeys=['a'])
    assert cw.list_tags_for_resource(ResourceARN=arn)['Tags'] == [{'Key': 'b', 'Value': '2'}]
    cw.delete_alarms(AlarmNames=['walk'])
    assert cw.describe_alarms()['MetricAlarms'] == []

def sqs():
    sqs = tracked('sqs')
    dead = sqs.create_queue(QueueName='walk-dead')['QueueUrl']
    dead_arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=['QueueArn'])['Attributes']['QueueArn']
    url = sqs.create_queue(QueueName='walk', tags={'a': '1'}, Attributes={'VisibilityTimeout': '600',
        'RedrivePolicy': json.dumps({'deadLetterTargetArn': dead_arn, 'maxReceiveCount': 1})})['QueueUrl']
    assert sqs.get_queue_url(QueueName='walk')['QueueUrl'] == url
    assert sqs.list_queues()['QueueUrls'] == [url, dead]
    assert sqs.list_dead_letter_source_queues(QueueUrl=dead)['queueUrls'] == [url]
    sqs.tag_queue(QueueUrl=url, Tags={'b': '2'})
    sqs.untag_queue(QueueUrl=url, TagKeys=['a'])
    assert sqs.list_queue_tags(QueueUrl=url)['Tags'] == {'b': '2'}
    sqs.set_queue_attributes(QueueUrl=url, Attributes={'MaximumMessageSize': '2048'})
    assert sqs.get_queue_attributes(QueueUrl=url, AttributeNames=['All'])['Attributes']['MaximumMessageSize'] == '2048'
    sqs.add_permission(QueueUrl=url, Label='l', AWSAccountIds=[ACCOUNT], Actions=['SendMessage'])
    policy = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=['Policy'])['Attributes']['Policy']
    assert json.loads(policy)['Statement'][0]['Sid'] == 'l'
    sqs.remove_permission(QueueUrl=url, Label='l')
    sqs.send_message(QueueUrl=url, MessageBody='one')
    sent = sqs.send_message_batch(QueueUrl=url, Entries=[{'Id': 'a', 'MessageBody': 'two'}, {'Id': 'b', 'MessageBody': 'three'}])
    assert len(sent['Successful']) == 2
    messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)['Messages']
    assert [m['Body'] for m in messages] == ['one', 'two', 'three']
    sqs.delete_message(QueueUrl=url, ReceiptHandle=messages[0]['ReceiptHandle'])
    sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=messages[1]['ReceiptHandle'], VisibilityTimeout=300)
    changed = sqs.change_message_visibility_batch(QueueUrl=url, Entries=[
        {'Id': 'a', 'ReceiptHandle': messages[2]['ReceiptHandle'], 'VisibilityTimeout': 300}])
    assert [c['Id'] for c in changed['Successful']] == ['a']
    deleted = sqs.delete_message_batch(QueueUrl=url, Entries=[
        {'Id': 'a', 'ReceiptHandle': messages[1]['ReceiptHandle']}, {'Id': 'b', 'ReceiptHandle': 'nonsense'}])
    assert [d['Id'] for d in deleted['Successful']] == ['a'] and [f['Id'] for f in deleted['Failed']] == ['b']
    for batch in range(3):
        sqs.send_message_batch(QueueUrl=dead, Entries=[{'Id': str(i), 'MessageBody': 'letter'} for i in range(10)])
    # One a second: it is still at it when it is cancelled.
    task = sqs.start_message_move_task(SourceArn=dead_arn, DestinationArn=dead_arn.replace('walk-dead', 'walk'),
        MaxNumberOfMessagesPerSecond=1)['TaskHandle']
    assert sqs.list_message_move_tasks(SourceArn=dead_arn)['Results'][0]['Status'] == 'RUNNING'
    sqs.cancel_message_move_task(TaskHandle=task)
    assert sqs.list_message_move_tasks(SourceArn=dead_arn)['Results'][0]['Status'] == 'CANCELLED'
    sqs.purge_queue(QueueUrl=url)
    counted = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=['ApproximateNumberOfMessages'])
    assert counted['Attributes']['ApproximateNumberOfMessages'] == '0'
    sqs.delete_queue(QueueUrl=url)
    sqs.delete_queue(QueueUrl=dead)
    assert 'QueueUrls' not in sqs.list_queues()

def tables(db):
    assert db.describe_limits()['TableMaxReadCapacityUnits'] == 40000
    assert db.describe_endpoints()['Endpoints'][0]['CachePeriodInMinutes'] == 1440
    arn = db.create_table(TableName='walk', BillingMode='PAY_PER_REQUEST',
        AttributeDefinitions=[{'AttributeName': 'p', 'AttributeType': 'S'}],
        KeySchema=[{'AttributeName': 'p', 'KeyType': 'HASH'}])['TableDescription']['TableArn']
    db.get_waiter('table_exists').wait(TableName='walk')
    assert db.list_tables()['TableNames'] == ['walk']
    db.update_table(TableName='walk', StreamSpecification={'StreamEnabled': True, 'StreamViewType': 'NEW_IMAGE'})
    db.tag_resource(ResourceArn=arn, Tags=[{'Key': 'a', 'Value': '1'}, {'Key': 'b', 'Value': '2'}])
    db.untag_resource(ResourceArn=arn, TagKeys=['a'])
    assert db.list_tags_of_resource(ResourceArn=arn)['Tags'] == [{'Key': 'b', 'Value': '2'}]
    db.update_time_to_live(TableName='walk', TimeToLiveSpecification={'Enabled': True, 'AttributeName': 't'})
    assert db.describe_time_to_live(TableName='walk')['TimeToLiveDescription']['AttributeName'] == 't'
    policy = json.dumps({'Version': '2012-10-17', 'Statement': []})
    revision = db.put_resource_policy(ResourceArn=arn, Policy=policy)['RevisionId']
    assert db.get_resource_policy(ResourceArn=arn)['Policy'] == policy
    assert db.delete_resource_policy(ResourceArn=arn)['RevisionId'] == revision
    db.update_contributor_insights(TableName='walk', ContributorInsightsAction='ENABLE')
    assert db.describe_contributor_insights(TableName='walk')['ContributorInsightsStatus'] == 'ENABLED'
    assert [i['TableName'] for i in db.list_contributor_insights()['ContributorInsightsSummaries']] == ['walk']
    assert db.describe_kinesis_streaming_destination(TableName='walk')['KinesisDataStreamDestinations'] == []
    return arn

def items(db):
    key = {'p': {'S': 'x'}}
    db.put_item(TableName='walk', Item=key)
    db.update_item(TableName='walk', Key=key, UpdateExpression='SET n = :n', ExpressionAttributeValues={':n': {'N': '1'}})
    assert db.get_item(TableName='walk', Key=key)['Item'] == {'p': {'S': 'x'}, 'n': {'N': '1'}}
    assert db.query(TableName='walk', KeyConditionExpression='p = :p', ExpressionAttributeValues={':p': {'S': 'x'}})['Count'] == 1
    assert db.scan(TableName='walk')['ScannedCount'] == 1
    assert db.delete_item(TableName='walk', Key=key, ReturnValues='ALL_OLD')['Attributes']['n'] == {'N': '1'}
    assert db.batch_write_item(RequestItems={'walk': [{'PutRequest': {'Item': key}}]})['UnprocessedItems'] == {}
    assert db.batch_get_item(RequestItems={'walk': {'Keys': [key]}})['Responses'] == {'walk': [key]}
    db.transact_write_items(TransactItems=[{'Put': {'TableName': 'walk', 'Item': {'p': {'S': 'y'}}}}])
    assert db.transact_get_items(TransactItems=[{'Get': {'TableName': 'walk', 'Key': key}}])['Responses'] == [{'Item': key}]

def statements(db):
    select = "SELECT * FROM walk WHERE p = 'x'"
    assert db.execute_statement(Statement=select)['Items'] == [{'p': {'S': 'x'}}]
    assert db.batch_execute_statement(Statements=[{'Statement': select}])['Responses'][0]['Item'] == {'p': {'S': 'x'}}
    assert db.execute_transaction(TransactStatements=[{'Statement': select}])['Responses'] == [{'Item': {'p': {'S': 'x'}}}]

def backups(db, arn):
    db.update_continuous_backups(TableName='walk', PointInTimeRecoverySpecification={'PointInTimeRecoveryEnabled': True})
    recovery = db.describe_continuous_backups(TableName='walk')['ContinuousBackupsDescription']
    assert recovery['PointInTimeRecoveryDescription']['RecoveryPeriodInDays'] == 35
    backup = db.create_backup(TableName='walk', BackupName='kept')['BackupDetails']['BackupArn']
    assert db.describe_backup(BackupArn=backup)['BackupDescription']['SourceTableDetails']['ItemCount'] == 2
    assert [b['BackupArn'] for b in db.list_backups()['BackupSummaries']] == [backup]
    db.restore_table_from_backup(TargetTableName='back', BackupArn=backup)
    db.restore_table_to_point_in_time(TargetTableName='again', SourceTableArn=arn, UseLatestRestorableTime=True)
    assert db.delete_backup(BackupArn=backup)['BackupDescription']['BackupDetails']['BackupStatus'] == 'DELETED'
    for name in ('again', 'back'):
        db.get_waiter('table_exists').wait(TableName=name)
        assert db.scan(TableName=name)['Count'] == 2
        db.delete_table(TableName=name)

def streams():
    streams = tracked('dynamodbstreams')
    arn = streams.list_streams(TableName='walk')['Streams'][0]['StreamArn']
    shard = streams.describe_stream(StreamArn=arn)['StreamDescription']['Shards'][0]['ShardId']
    iterator = streams.get_shard_iterator(StreamArn=arn, ShardId=shard, ShardIteratorType='TRIM_HORIZON')['ShardIterator']
    names = [r['eventName'] for r in streams.get_records(ShardIterator=iterator)['Records']]
    assert names == ['INSERT', 'MODIFY', 'REMOVE', 'INSERT', 'INSERT'], names

def dynamodb():
    db = tracked('dynamodb')
    arn = tables(db)
    items(db)
    statements(db)
    streams()
    backups(db, arn)
    db.delete_table(TableName='walk')
    db.get_waiter('table_not_exists').wait(TableName='walk')

def appsync():
    appsync = tracked('appsync')
    keys = [{'authType': 'API_KEY'}]
    config = {'authProviders': keys, 'connectionAuthModes': keys, 'defaultPublishAuthModes': keys, 'defaultSubscribeAuthModes': keys}
    api = appsync.create_api(name='walk', eventConfig=config, tags={'a': '1'})['api']
    id = api['apiId']
    assert api['dns']['HTTP'].endswith('amazonaws.com')
    appsync.update_api(apiId=id, name='walked', eventConfig=config)
    assert appsync.get_api(apiId=id)['api']['name'] == 'walked'
    assert [a['apiId'] for a in appsync.list_apis()['apis']] == [id]
    appsync.tag_resource(resourceArn=api['apiArn'], tags={'b': '2'})
    appsync.untag_resource(resourceArn=api['apiArn'], tagKeys=['a'])
    assert appsync.list_tags_for_resource(resourceArn=api['apiArn'])['tags'] == {'b': '2'}
    source = appsync.create_data_source(apiId=id, name='web', type='HTTP', httpConfig={'endpoint': 'https://one.example'})
    assert source['dataSource']['httpConfig']['endpoint'] == 'https://one.example'
    appsync.update_data_source(apiId=id, name='web', type='HTTP', httpConfig={'endpoint': 'https://two.example'})
    assert appsync.get_data_source(apiId=id, name='web')['dataSource']['httpConfig']['endpoint'] == 'https://two.example'
    assert [s['name'] for s in appsync.list_data_sources(apiId=id)['dataSources']] == ['web']
    appsync.create_channel_namespace(apiId=id, name='steps')
    appsync.update_channel_namespace(apiId=id, name='steps', publishAuthModes=keys)
    assert appsync.get_channel_namespace(apiId=id, name='steps')['channelNamespace']['publishAuthModes'] == keys
    assert [n['name'] for n in appsync.list_channel_namespaces(apiId=id)['channelNamespaces']] == ['steps']
    key = appsync.create_api_key(apiId=id, description='one')['apiKey']['id']
    appsync.update_api_key(apiId=id, id=key, description='two')
    assert [(k['id'], k['description']) for k in appsync.list_api_keys(apiId=id)['apiKeys']] == [(key, 'two')]
    code = 'export function onPublish(ctx) { return ctx.events.map(e => ({ id: e.id, payload: e.payload * 2 })) }'
    answer = appsync.evaluate_code(runtime={'name': 'APPSYNC_JS', 'runtimeVersion': '1.0.0'}, code=code,
        context=json.dumps({'events': [{'id': 'a', 'payload': 21}]}), function='onPublish')
    assert json.loads(answer['evaluationResult']) == [{'id': 'a', 'payload': 42}], answer
    answer = appsync.evaluate_mapping_template(template='#set($ctx.stash.n = $ctx.args.n * 2)$util.toJson($ctx.stash)',
        context=json.dumps({'arguments': {'n': 21}}))
    assert (answer['evaluationResult'], answer['stash']) == ('{"n":42}', '{"n":42}'), answer
    appsync.delete_api_key(apiId=id, id=key)
    appsync.delete_channel_namespace(apiId=id, name='steps')
    appsync.delete_data_source(apiId=id, name='web')
    appsync.delete_api(apiId=id)
    assert appsync.list_apis()['apis'] == []
    graphql(appsync)

def graphql(appsync):
    api = appsync.create_graphql_api(name='walk', authenticationType='API_KEY')['graphqlApi']
    id = api['apiId']
    assert api['uris']['GRAPHQL'].endswith('/graphql')
    appsync.update_graphql_api(apiId=id, name='walked', authenticationType='AWS_IAM')
    assert appsync.get_graphql_api(apiId=id)['graphqlApi']['name'] == 'walked'
    assert [a['apiId'] for a in appsync.list_graphql_apis()['graphqlApis']] == [id]
    schema(appsync, id)
    resolvers(appsync, id)
    caches(appsync, id)
    domains(appsync, id)
    appsync.put_graphql_api_environment_variables(apiId=id, environmentVariables={'STAGE': 'walk'})
    assert appsync.get_graphql_api_environment_variables(apiId=id)['environmentVariables'] == {'STAGE': 'walk'}
    appsync.delete_graphql_api(apiId=id)
    assert appsync.list_graphql_apis()['graphqlApis'] == []

def schema(appsync, id):
    sdl = b'type Query { post(id: ID!): Post } type Post { id: ID! title: String }'
    assert appsync.start_schema_creation(apiId=id, definition=sdl)['status'] == 'PROCESSING'
    until(lambda: appsync.get_schema_creation_status(apiId=id)['status'] == 'SUCCESS')
    shown = appsync.get_introspection_schema(apiId=id, format='JSON')['schema'].read()
    assert 'Post' in [t['name'] for t in json.loads(shown)['data']['__schema']['types']]
    appsync.create_type(apiId=id, definition='type Author { name: String }', format='SDL')
    appsync.update_type(apiId=id, typeName='Author', definition='type Author { age: Int }', format='SDL')
    assert appsync.get_type(apiId=id, typeName='Author', format='SDL')['type']['definition'] == 'type Author { age: Int }'
    appsync.delete_type(apiId=id, typeName='Author')
    assert [t['name'] for t in appsync.list_types(apiId=id, format='SDL')['types']] == ['Post', 'Query']

def resolvers(appsync, id):
    appsync.create_data_source(apiId=id, name='none', type='NONE')
    step = {'apiId': id, 'name': 'step', 'dataSourceName': 'none', 'requestMappingTemplate': '{}', 'responseMappingTemplate': '{}'}
    function = appsync.create_function(**step)['functionConfiguration']['functionId']
    appsync.update_function(functionId=function, **dict(step, name='stepped'))
    assert appsync.get_function(apiId=id, functionId=function)['functionConfiguration']['name'] == 'stepped'
    assert [f['functionId'] for f in appsync.list_functions(apiId=id)['functions']] == [function]
    field = {'apiId': id, 'typeName': 'Query', 'fieldName': 'post'}
    unit = {'dataSourceName': 'none', 'requestMappingTemplate': '{}', 'responseMappingTemplate': '{}'}
    appsync.create_resolver(**field, **unit)
    appsync.update_resolver(**field, kind='PIPELINE', pipelineConfig={'functions': [function]},
        requestMappingTemplate='{}', responseMappingTemplate='{}')
    assert appsync.get_resolver(**field)['resolver']['kind'] == 'PIPELINE'
    assert [r['fieldName'] for r in appsync.list_resolvers(apiId=id, typeName='Query')['resolvers']] == ['post']
    assert [r['fieldName'] for r in appsync.list_resolvers_by_function(apiId=id, functionId=function)['resolvers']] == ['post']
    appsync.delete_resolver(**field)
    appsync.delete_function(apiId=id, functionId=function)
    appsync.delete_data_source(apiId=id, name='none')

def caches(appsync, id):
    appsync.create_api_cache(apiId=id, ttl=60, apiCachingBehavior='FULL_REQUEST_CACHING', type='SMALL')
    appsync.update_api_cache(apiId=id, ttl=90, apiCachingBehavior='FULL_REQUEST_CACHING', type='SMALL')
    assert appsync.get_api_cache(apiId=id)['apiCache']['ttl'] == 90
    appsync.flush_api_cache(apiId=id)
    appsync.delete_api_cache(apiId=id)

def domains(appsync, id):
    name = 'api.example.com'
    appsync.create_domain_name(domainName=name, certificateArn='arn:aws:acm:us-east-1:' + ACCOUNT + ':certificate/walk')
    appsync.update_domain_name(domainName=name, description='walks')
    assert appsync.get_domain_name(domainName=name)['domainNameConfig']['description'] == 'walks'
    assert [d['domainName'] for d in appsync.list_domain_names()['domainNameConfigs']] == [name]
    appsync.associate_api(domainName=name, apiId=id)
    assert appsync.get_api_association(domainName=name)['apiAssociation']['associationStatus'] == 'SUCCESS'
    appsync.disassociate_api(domainName=name)
    appsync.delete_domain_name(domainName=name)

def package(text):
    content = io.BytesIO()
    with zipfile.ZipFile(content, 'w') as archive:
        archive.writestr('x.txt', text)
    return content.getvalue()

def function(lam):
    return lam.create_function(FunctionName='walk', Runtime='java21', Handler='x.Y', Role=ROLE, Timeout=5,
        Code={'ZipFile': package('one')}, Tags={'a': '1'})['FunctionArn']

def lambda_():
    lam = tracked('lambda')
    arn = function(lam)
    answer = lam.invoke(FunctionName='walk', Payload=b'{"step": 1}')
    assert json.loads(answer['Payload'].read()) == {'saw': {'step': 1}} and 'FunctionError' not in answer
    assert lam.get_function(FunctionName='walk')['Configuration']['FunctionArn'] == arn
    first = lam.get_function_configuration(FunctionName='walk')['CodeSha256']
    lam.update_function_configuration(FunctionName='walk', Description='walked', Environment={'Variables': {'A': 'b'}})
    assert lam.get_function_configuration(FunctionName='walk')['Environment']['Variables'] == {'A': 'b'}
    published = lam.publish_version(FunctionName='walk')
    assert published['Version'] == '1' and published['Description'] == 'walked'
    assert lam.update_function_code(FunctionName='walk', ZipFile=package('two'))['CodeSha256'] != first
    assert [v['Version'] for v in lam.list_versions_by_function(FunctionName='walk')['Versions']] == ['$LATEST', '1']
    assert [f['FunctionName'] for f in lam.list_functions()['Functions']] == ['walk']
    lam.create_alias(FunctionName='walk', Name='live', FunctionVersion='1')
    lam.update_alias(FunctionName='walk', Name='live', FunctionVersion='$LATEST', Description='now')
    assert lam.get_alias(FunctionName='walk', Name='live')['FunctionVersion'] == '$LATEST'
    assert [a['Name'] for a in lam.list_aliases(FunctionName='walk')['Aliases']] == ['live']
    lam.delete_alias(FunctionName='walk', Name='live')
    assert lam.list_aliases(FunctionName='walk')['Aliases'] == []
    lam.add_permission(FunctionName='walk', StatementId='s', Action='lambda:InvokeFunction', Principal='apigateway.amazonaws.com')
    statement = json.loads(lam.get_policy(FunctionName='walk')['Policy'])['Statement'][0]
    assert statement['Sid'] == 's' and statement['Resource'] == arn
    lam.remove_permission(FunctionName='walk', StatementId='s')
    refused(lambda: lam.get_policy(FunctionName='walk'), 'ResourceNotFoundException')
    assert lam.get_function_code_signing_config(FunctionName='walk')['FunctionName'] == 'walk'
    lam.put_function_concurrency(FunctionName='walk', ReservedConcurrentExecutions=3)
    assert lam.get_function_concurrency(FunctionName='walk')['ReservedConcurrentExecutions'] == 3
    assert lam.get_account_settings()['AccountLimit']['UnreservedConcurrentExecutions'] == 997
    lam.delete_function_concurrency(FunctionName='walk')
    assert 'ReservedConcurrentExecutions' not in lam.get_function_concurrency(FunctionName='walk')
    lam.put_function_recursion_config(FunctionName='walk', RecursiveLoop='Allow')
    assert lam.get_function_recursion_config(FunctionName='walk')['RecursiveLoop'] == 'Allow'
    lam.put_runtime_management_config(FunctionName='walk', UpdateRuntimeOn='FunctionUpdate')
    assert lam.get_runtime_management_config(FunctionName='walk')['UpdateRuntimeOn'] == 'FunctionUpdate'
    kept = dict(FunctionName='walk', Qualifier=lam.publish_version(FunctionName='walk')['Version'])
    lam.put_provisioned_concurrency_config(**kept, ProvisionedConcurrentExecutions=1)
    assert lam.get_provisioned_concurrency_config(**kept)['Status'] == 'READY'
    listed = lam.list_provisioned_concurrency_configs(FunctionName='walk')['ProvisionedConcurrencyConfigs']
    assert [c['RequestedProvisionedConcurrentExecutions'] for c in listed] == [1]
    lam.delete_provisioned_concurrency_config(**kept)
    lam.put_function_event_invoke_config(FunctionName='walk', MaximumRetryAttempts=1)
    lam.update_function_event_invoke_config(FunctionName='walk', MaximumEventAgeInSeconds=60)
    config = lam.get_function_event_invoke_config(FunctionName='walk')
    assert (config['MaximumRetryAttempts'], config['MaximumEventAgeInSeconds']) == (1, 60)
    assert len(lam.list_function_event_invoke_configs(FunctionName='walk')['FunctionEventInvokeConfigs']) == 1
    lam.delete_function_event_invoke_config(FunctionName='walk')
    refused(lambda: lam.get_function_event_invoke_config(FunctionName='walk'), 'ResourceNotFoundException')
    lam.tag_resource(Resource=arn, Tags={'b': '2'})
    lam.untag_resource(Resource=arn, TagKeys=['a'])
    assert lam.list_tags(Resource=arn)['Tags'] == {'b': '2'}
    sqs = client('sqs')
    queue = sqs.create_queue(QueueName='mapped')['QueueUrl']
    source = 'arn:aws:sqs:us-east-1:' + ACCOUNT + ':mapped'
    uuid = lam.create_event_source_mapping(EventSourceArn=source, FunctionName='walk', BatchSize=5)['UUID']
    lam.update_event_source_mapping(UUID=uuid, BatchSize=2)
    assert lam.get_event_source_mapping(UUID=uuid)['BatchSize'] == 2
    assert [m['UUID'] for m in lam.list_event_source_mappings(FunctionName='walk')['EventSourceMappings']] == [uuid]
    sqs.send_message(QueueUrl=queue, MessageBody='mapped')
    until(lambda: lam.get_event_source_mapping(UUID=uuid)['LastProcessingResult'] == 'OK')
    lam.delete_event_source_mapping(UUID=uuid)
    assert lam.list_event_source_mappings()['EventSourceMappings'] == []
    sqs.delete_queue(QueueUrl=queue)
    layers_and_urls(lam, arn)
    lam.delete_function(FunctionName='walk')
    refused(lambda: lam.get_function(FunctionName='walk'), 'ResourceNotFoundException')

def layers_and_urls(lam, arn):
    layer = lam.publish_layer_version(LayerName='walk', Content={'ZipFile': package('layer')}, CompatibleRuntimes=['java21'])
    assert hashlib.sha256(urllib.request.urlopen(layer['Content']['Location']).read()).digest() == base64.b64decode(layer['Content']['CodeSha256'])
    assert lam.get_layer_version(LayerName='walk', VersionNumber=1)['LayerVersionArn'] == layer['LayerVersionArn']
    assert lam.get_layer_version_by_arn(Arn=layer['LayerVersionArn'])['Version'] == 1
    assert [l['LatestMatchingVersion']['Version'] for l in lam.list_layers(CompatibleRuntime='java21')['Layers']] == [1]
    assert lam.list_layer_versions(LayerName='walk', CompatibleRuntime='java17')['LayerVersions'] == []
    lam.add_layer_version_permission(LayerName='walk', VersionNumber=1, StatementId='s', Action='lambda:GetLayerVersion', Principal='*')
    assert json.loads(lam.get_layer_version_policy(LayerName='walk', VersionNumber=1)['Policy'])['Statement'][0]['Sid'] == 's'
    lam.remove_layer_version_permission(LayerName='walk', VersionNumber=1, StatementId='s')
    refused(lambda: lam.get_layer_version_policy(LayerName='walk', VersionNumber=1), 'ResourceNotFoundException')
    with_layer = lam.update_function_configuration(FunctionName='walk', Layers=[layer['LayerVersionArn']])
    assert with_layer['Layers'] == [{'Arn': layer['LayerVersionArn'], 'CodeSize': layer['Content']['CodeSize']}]
    lam.delete_layer_version(LayerName='walk', VersionNumber=1)
    assert lam.list_layers()['Layers'] == []
    streamed = list(lam.invoke_with_response_stream(FunctionName='walk', Payload=b'{"s": 2}', LogType='Tail')['EventStream'])
    assert json.loads(b''.join(e['PayloadChunk']['Payload'] for e in streamed if 'PayloadChunk' in e)) == {'saw': {'s': 2}}
    assert 'ErrorCode' not in streamed[-1]['InvokeComplete'] and streamed[-1]['InvokeComplete']['LogResult']
    url = lam.create_function_url_config(FunctionName='walk', AuthType='NONE')['FunctionUrl']
    host = url.split('/')[2]
    ask = lambda: urllib.request.urlopen(urllib.request.Request(os.environ['ENDPOINT'] + '/a/b?c=d', headers={'Host': host}))
    try:
        ask()
        raise AssertionError('answered without permission')
    except urllib.error.HTTPError as denied:
        assert denied.code == 403
    lam.add_permission(FunctionName='walk', StatementId='url', Action='lambda:InvokeFunctionUrl', Principal='*', FunctionUrlAuthType='NONE')
    lam.add_permission(FunctionName='walk', StatementId='invoke', Action='lambda:InvokeFunction', Principal='*', InvokedViaFunctionUrl=True)
    saw = json.loads(ask().read())['saw']
    assert (saw['version'], saw['rawPath'], saw['queryStringParameters'], saw['headers']['host']) == ('2.0', '/a/b', {'c': 'd'}, host)
    lam.update_function_url_config(FunctionName='walk', Cors={'AllowOrigins': ['*']})
    assert lam.get_function_url_config(FunctionName='walk')['Cors'] == {'AllowOrigins': ['*']}
    assert [c['FunctionArn'] for c in lam.list_function_url_configs(FunctionName='walk')['FunctionUrlConfigs']] == [arn]
    lam.delete_function_url_config(FunctionName='walk')
    refused(lambda: lam.get_function_url_config(FunctionName='walk'), 'ResourceNotFoundException')

def replace(path, value):
    return [{'op': 'replace', 'path': path, 'value': value}]

def apigateway():
    gw = tracked('apigateway')
    gw.update_account(patchOperations=replace('/cloudwatchRoleArn', ROLE))
    assert gw.get_account()['cloudwatchRoleArn'] == ROLE
    api = gw.create_rest_api(name='walk', tags={'a': '1'})['id']
    gw.update_rest_api(restApiId=api, patchOperations=replace('/description', 'walked'))
    assert gw.get_rest_api(restApiId=api)['description'] == 'walked'
    assert [a['id'] for a in gw.get_rest_apis()['items']] == [api]
    arn = 'arn:aws:apigateway:us-east-1::/restapis/' + api
    gw.tag_resource(resourceArn=arn, tags={'b': '2'})
    gw.untag_resource(resourceArn=arn, tagKeys=['a'])
    assert gw.get_tags(resourceArn=arn)['tags'] == {'b': '2'}
    root = gw.get_resources(restApiId=api)['items'][0]['id']
    resource = gw.create_resource(restApiId=api, parentId=root, pathPart='stepp')['id']
    gw.update_resource(restApiId=api, resourceId=resource, patchOperations=replace('/pathPart', 'step'))
    assert gw.get_resource(restApiId=api, resourceId=resource)['path'] == '/step'
    model = gw.create_model(restApiId=api, name='Step', contentType='application/json', schema='{"type": "object"}')
    assert model['name'] == 'Step'
    gw.update_model(restApiId=api, modelName='Step', patchOperations=replace('/description', 'a step'))
    assert gw.get_model(restApiId=api, modelName='Step')['description'] == 'a step'
    assert 'Step' in [m['name'] for m in gw.get_models(restApiId=api)['items']]
    validator = gw.create_request_validator(restApiId=api, name='v', validateRequestBody=False)['id']
    gw.update_request_validator(restApiId=api, requestValidatorId=validator, patchOperations=replace('/validateRequestBody', 'true'))
    assert gw.get_request_validator(restApiId=api, requestValidatorId=validator)['validateRequestBody']
    assert [v['name'] for v in gw.get_request_validators(restApiId=api)['items']] == ['v']
    authorizer = gw.create_authorizer(
        restApiId=api, name='a', type='TOKEN', identitySource='method.request.header.Authorization',
        authorizerUri='arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:f/invocations')['id']
    gw.update_authorizer(restApiId=api, authorizerId=authorizer, patchOperations=replace('/authorizerResultTtlInSeconds', '60'))
    assert gw.get_authorizer(restApiId=api, authorizerId=authorizer)['authorizerResultTtlInSeconds'] == 60
    assert [a['name'] for a in gw.get_authorizers(restApiId=api)['items']] == ['a']
    assert gw.test_invoke_authorizer(restApiId=api, authorizerId=authorizer)['clientStatus'] == 401
    at = dict(restApiId=api, resourceId=resource, httpMethod='POST')
    gw.put_method(**at, authorizationType='NONE', requestModels={'application/json': 'Step'})
    gw.update_method(**at, patchOperations=replace('/requestValidatorId', validator))
    assert gw.get_method(**at)['requestValidatorId'] == validator
    gw.put_method_response(**at, statusCode='200')
    gw.update_method_response(**at, statusCode='200', patchOperations=[
        {'op': 'add', 'path': '/responseParameters/method.response.header.X-Step', 'value': 'true'}])
    response = gw.get_method_response(**at, statusCode='200')
    assert response['responseParameters'] == {'method.response.header.X-Step': True}
    gw.put_integration(**at, type='MOCK', requestTemplates={'application/json': '{"statusCode": 200}'})
    gw.update_integration(**at, patchOperations=replace('/timeoutInMillis', '2000'))
    assert gw.get_integration(**at)['timeoutInMillis'] == 2000
    gw.put_integration_response(**at, statusCode='200', responseTemplates={'application/json': '{"one": 1}'})
    gw.update_integration_response(**at, statusCode='200', patchOperations=replace('/responseTemplates/application~1json', '{"two": 2}'))
    assert gw.get_integration_response(**at, statusCode='200')['responseTemplates'] == {'application/json': '{"two": 2}'}
    gw.put_gateway_response(restApiId=api, responseType='THROTTLED', statusCode='429')
    gw.update_gateway_response(restApiId=api, responseType='THROTTLED', patchOperations=replace('/statusCode', '503'))
    assert gw.get_gateway_response(restApiId=api, responseType='THROTTLED')['statusCode'] == '503'
    assert len(gw.get_gateway_responses(restApiId=api)['items']) > 10
    deployment = gw.create_deployment(restApiId=api)['id']
    gw.update_deployment(restApiId=api, deploymentId=deployment, patchOperations=replace('/description', 'first'))
    assert gw.get_deployment(restApiId=api, deploymentId=deployment)['description'] == 'first'
    assert [d['id'] for d in gw.get_deployments(restApiId=api)['items']] == [deployment]
    gw.create_stage(restApiId=api, stageName='dev', deploymentId=deployment)
    gw.update_stage(restApiId=api, stageName='dev', patchOperations=replace('/variables/v', 'w'))
    assert gw.get_stage(restApiId=api, stageName='dev')['variables'] == {'v': 'w'}
    assert [s['stageName'] for s in gw.get_stages(restApiId=api)['item']] == ['dev']
    from urllib.request import Request, urlopen
    answer = urlopen(Request(os.environ['ENDPOINT'] + '/restapis/' + api + '/dev/_user_request_/step',
        data=b'{}', headers={'Content-Type': 'application/json'}))
    assert json.load(answer) == {'two': 2}
    key = gw.create_api_key(name='k', enabled=True)['id']
    gw.update_api_key(apiKey=key, patchOperations=replace('/name', 'key'))
    assert len(gw.get_api_key(apiKey=key, includeValue=True)['value']) >= 20
    assert [k['name'] for k in gw.get_api_keys()['items']] == ['key']
    plan = gw.create_usage_plan(name='p', apiStages=[{'apiId': api, 'stage': 'dev'}])['id']
    gw.update_usage_plan(usagePlanId=plan, patchOperations=replace('/name', 'plan'))
    assert gw.get_usage_plan(usagePlanId=plan)['name'] == 'plan'
    assert [p['id'] for p in gw.get_usage_plans()['items']] == [plan]
    gw.create_usage_plan_key(usagePlanId=plan, keyId=key, keyType='API_KEY')
    assert gw.get_usage_plan_key(usagePlanId=plan, keyId=key)['name'] == 'key'
    assert [k['id'] for k in gw.get_usage_plan_keys(usagePlanId=plan)['items']] == [key]
    gw.delete_usage_plan_key(usagePlanId=plan, keyId=key)
    assert gw.get_usage_plan_keys(usagePlanId=plan)['items'] == []
    gw.update_usage_plan(usagePlanId=plan, patchOperations=[{'op': 'remove', 'path': '/apiStages', 'value': api + ':dev'}])
    gw.delete_usage_plan(usagePlanId=plan)
    gw.delete_api_key(apiKey=key)
    assert gw.get_api_keys()['items'] == []
    exported = gw.get_export(restApiId=api, stageName='dev', exportType='oas30', parameters={'extensions': 'apigateway'}, accepts='application/json')
    document = exported['body'].read()
    assert json.loads(document)['openapi'].startswith('3.0') and 'attachment' in exported['contentDisposition']
    imported = gw.import_rest_api(failOnWarnings=False, parameters={'basepath': 'ignore'}, body=document)['id']
    assert '/step' in [r['path'] for r in gw.get_resources(restApiId=imported)['items']]
    gw.put_rest_api(restApiId=imported, mode='overwrite', body=b'swagger: "2.0"\ninfo: {title: other}\npaths: {/yaml: {}}')
    assert gw.get_rest_api(restApiId=imported)['name'] == 'other'
    gw.delete_rest_api(restApiId=imported)
    gw.flush_stage_authorizers_cache(restApiId=api, stageName='dev')
    assert gw.test_invoke_method(**at, body='{}')['status'] == 200
    gw.delete_stage(restApiId=api, stageName='dev')
    gw.delete_deployment(restApiId=api, deploymentId=deployment)
    gw.delete_gateway_response(restApiId=api, responseType='THROTTLED')
    gw.delete_authorizer(restApiId=api, authorizerId=authorizer)
    gw.delete_integration_response(**at, statusCode='200')
    gw.delete_integration(**at)
    gw.delete_method_response(**at, statusCode='200')
    gw.delete_method(**at)
    gw.delete_request_validator(restApiId=api, requestValidatorId=validator)
    gw.delete_model(restApiId=api, modelName='Step')
    gw.delete_resource(restApiId=api, resourceId=resource)
    assert [r['path'] for r in gw.get_resources(restApiId=api)['items']] == ['/']
    gw.delete_rest_api(restApiId=api)
    refused(lambda: gw.get_rest_api(restApiId=api), 'NotFoundException')

def apigatewayv2():
    gw = tracked('apigatewayv2')
    api = gw.create_api(Name='walk', ProtocolType='HTTP', CorsConfiguration={'AllowOrigins': ['*']}, Tags={'a': 'b'})['ApiId']
    arn = 'arn:aws:apigateway:us-east-1::/apis/' + api
    gw.get_api(ApiId=api); gw.get_apis(); gw.update_api(ApiId=api, Description='walked')
    gw.tag_resource(ResourceArn=arn, Tags={'c': 'd'}); gw.get_tags(ResourceArn=arn); gw.untag_resource(ResourceArn=arn, TagKeys=['c'])
    gw.delete_cors_configuration(ApiId=api)
    function = 'arn:aws:lambda:us-east-1:' + ACCOUNT + ':function:walk'
    integration = gw.create_integration(ApiId=api, IntegrationType='AWS_PROXY', IntegrationUri=function, PayloadFormatVersion='2.0')['IntegrationId']
    gw.get_integration(ApiId=api, IntegrationId=integration); gw.get_integrations(ApiId=api)
    gw.update_integration(ApiId=api, IntegrationId=integration, TimeoutInMillis=1000)
    authorizer = gw.create_authorizer(ApiId=api, Name='jwt', AuthorizerType='JWT', IdentitySource=['$request.header.Authorization'],
                                      JwtConfiguration={'Audience': ['a'], 'Issuer': 'https://issuer.example'})['AuthorizerId']
    gw.get_authorizer(ApiId=api, AuthorizerId=authorizer); gw.get_authorizers(ApiId=api)
    gw.update_authorizer(ApiId=api, AuthorizerId=authorizer, Name='other')
    route = gw.create_route(ApiId=api, RouteKey='GET /walk', Target='integrations/' + integration)['RouteId']
    gw.get_route(ApiId=api, RouteId=route); gw.get_routes(ApiId=api); gw.update_route(ApiId=api, RouteId=route, OperationName='walk')
    deployment = gw.create_deployment(ApiId=api)['DeploymentId']
    gw.get_deployment(ApiId=api, DeploymentId=deployment); gw.get_deployments(ApiId=api)
    gw.update_deployment(ApiId=api, DeploymentId=deployment, Description='walked')
    gw.create_stage(ApiId=api, StageName='dev', DeploymentId=deployment, RouteSettings={'GET /walk': {'ThrottlingBurstLimit': 1}},
                    AccessLogSettings={'DestinationArn': 'arn:aws:logs:us-east-1:' + ACCOUNT + ':log-group:walk', 'Format': '$context.requestId'})
    gw.get_stage(ApiId=api, StageName='dev'); gw.get_stages(ApiId=api); gw.update_stage(ApiId=api, StageName='dev', Description='walked')
    gw.delete_route_settings(ApiId=api, StageName='dev', RouteKey='GET /walk')
    gw.delete_access_log_settings(ApiId=api, StageName='dev'); gw.reset_authorizers_cache(ApiId=api, StageName='dev')
    body = json.dumps({'openapi': '3.0.1', 'info': {'title': 'walk', 'version': '1'}, 'paths': {}})
    other = gw.import_api(Body=body)['ApiId']; gw.reimport_api(ApiId=other, Body=body); gw.delete_api(ApiId=other)
    gw.delete_stage(ApiId=api, StageName='dev'); gw.delete_deployment(ApiId=api, DeploymentId=deployment)
    gw.delete_route(ApiId=api, RouteId=route); gw.delete_authorizer(ApiId=api, AuthorizerId=authorizer)
    gw.delete_integration(ApiId=api, IntegrationId=integration); gw.delete_api(ApiId=api)


def definition(state):
    return json.dumps({'StartAt': 'S', 'States': {'S': dict(state, End=True)}})

def machines(sfn):
    passing = definition({'Type': 'Pass', 'Result': {'one': 1}})
    checked = sfn.validate_state_machine_definition(definition=passing)
    assert checked['result'] == 'OK' and checked['diagnostics'] == []
    tested = sfn.test_state(definition=json.dumps({'Type': 'Pass', 'Result': 7, 'End': True}), roleArn=ROLE, input='{}')
    assert (tested['status'], tested['output']) == ('SUCCEEDED', '7')
    arn = sfn.create_state_machine(name='walk', definition=passing, roleArn=ROLE, tags=[{'key': 'a', 'value': '1'}])['stateMachineArn']
    sfn.update_state_machine(stateMachineArn=arn, definition=passing.replace('one', 'two'))
    assert '"two"' in sfn.describe_state_machine(stateMachineArn=arn)['definition']
    assert [m['name'] for m in sfn.list_state_machines()['stateMachines']] == ['walk']
    version = sfn.publish_state_machine_version(stateMachineArn=arn)['stateMachineVersionArn']
    assert [v['stateMachineVersionArn'] for v in sfn.list_state_machine_versions(stateMachineArn=arn)['stateMachineVersions']] == [version]
    alias = sfn.create_state_machine_alias(name='live', routingConfiguration=[{'stateMachineVersionArn': version, 'weight': 100}])['stateMachineAliasArn']
    sfn.update_state_machine_alias(stateMachineAliasArn=alias, description='now')
    assert sfn.describe_state_machine_alias(stateMachineAliasArn=alias)['description'] == 'now'
    assert [a['stateMachineAliasArn'] for a in sfn.list_state_machine_aliases(stateMachineArn=arn)['stateMachineAliases']] == [alias]
    sfn.tag_resource(resourceArn=arn, tags=[{'key': 'b', 'value': '2'}])
    sfn.untag_resource(resourceArn=arn, tagKeys=['a'])
    assert sfn.list_tags_for_resource(resourceArn=arn)['tags'] == [{'key': 'b', 'value': '2'}]
    execution = sfn.start_execution(stateMachineArn=alias, name='x', input='{}')['executionArn']
    ended = until(lambda: (lambda d: d if d['status'] != 'RUNNING' else None)(sfn.describe_execution(executionArn=execution)))
    assert (ended['status'], ended['output']) == ('SUCCEEDED', '{"two":1}')
    assert [e['name'] for e in sfn.list_executions(stateMachineArn=arn)['executions']] == ['x']
    history = sfn.get_execution_history(executionArn=execution)['events']
    assert [e['type'] for e in history] == ['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'ExecutionSucceeded']
    assert sfn.describe_state_machine_for_execution(executionArn=execution)['name'] == 'walk'
    express = sfn.create_state_machine(name='fast', definition=passing, roleArn=ROLE, type='EXPRESS')['stateMachineArn']
    answer = sfn.start_sync_execution(stateMachineArn=express, input='{}')
    assert (answer['status'], answer['output']) == ('SUCCEEDED', '{"one":1}')
    sfn.delete_state_machine_alias(stateMachineAliasArn=alias)
    sfn.delete_state_machine_version(stateMachineVersionArn=version)
    sfn.delete_state_machine(stateMachineArn=express)
    sfn.delete_state_machine(stateMachineArn=arn)
    assert sfn.list_state_machines()['stateMachines'] == []

def activities(sfn):
    activity = sfn.create_activity(name='stroll')['activityArn']
    assert sfn.describe_activity(activityArn=activity)['name'] == 'stroll'
    assert [a['activityArn'] for a in sfn.list_activities()['activities']] == [activity]
    arn = sfn.create_state_machine(name='strolls', definition=definition({'Type': 'Task', 'Resource': activity}), roleArn=ROLE)['stateMachineArn']
    execution = sfn.start_execution(stateMachineArn=arn, input='{"far": true}')['executionArn']
    status = lambda: sfn.describe_execution(executionArn=execution)['status']
    task = sfn.get_activity_task(activityArn=activity, workerName='w')
    assert json.loads(task['input']) == {'far': True}
    sfn.send_task_heartbeat(taskToken=task['taskToken'])
    sfn.send_task_failure(taskToken=task['taskToken'], error='Tired', cause='too far')
    until(lambda: status() == 'FAILED')
    sfn.redrive_execution(executionArn=execution)
    task = sfn.get_activity_task(activityArn=activity)
    sfn.send_task_success(taskToken=task['taskToken'], output='"there"')
    until(lambda: status() == 'SUCCEEDED')
    assert sfn.describe_execution(executionArn=execution)['redriveCount'] == 1
    sfn.delete_activity(activityArn=activity)
    assert sfn.list_activities()['activities'] == []
    sfn.delete_state_machine(stateMachineArn=arn)

def map_runs(sfn):
    wait = {'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'Seconds': 3600, 'End': True}}}
    mapped = definition({'Type': 'Map', 'MaxConcurrency': 1, 'ItemProcessor':
        dict(wait, ProcessorConfig={'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'})})
    arn = sfn.create_state_machine(name='many', definition=mapped, roleArn=ROLE)['stateMachineArn']
    execution = sfn.start_execution(stateMachineArn=arn, input='[1, 2]')['executionArn']
    run = until(lambda: sfn.list_map_runs(executionArn=execution)['mapRuns'])[0]['mapRunArn']
    until(lambda: sfn.describe_map_run(mapRunArn=run)['executionCounts']['running'] == 1)
    sfn.update_map_run(mapRunArn=run, maxConcurrency=2)
    until(lambda: sfn.describe_map_run(mapRunArn=run)['executionCounts']['running'] == 2)
    assert len(sfn.list_executions(mapRunArn=run)['executions']) == 2
    sfn.stop_execution(executionArn=execution, error='Enough', cause='of that')
    assert sfn.describe_execution(executionArn=execution)['status'] == 'ABORTED'
    sfn.delete_state_machine(stateMachineArn=arn)

def states():
    sfn = tracked('stepfunctions', inject_host_prefix=False)
    machines(sfn)
    activities(sfn)
    map_runs(sfn)

def identity_pools():
    cognito = tracked('cognito-identity')
    issuer = 'issuer.example/_syncline/issuer'
    def login(subject):
        asked = json.dumps({'subject': subject, 'claims': {'iss': 'https://' + issuer}}).encode()
        url = cognito.meta.endpoint_url + '/_syncline/issuer/token'
        with urllib.request.urlopen(urllib.request.Request(url, asked)) as answer:
            return {issuer: json.load(answer)['token']}
    pool = cognito.create_identity_pool(IdentityPoolName='walk', AllowUnauthenticatedIdentities=True,
        OpenIdConnectProviderARNs=['arn:aws:iam::' + ACCOUNT + ':oidc-provider/' + issuer],
        IdentityPoolTags={'a': '1'})['IdentityPoolId']
    arn = 'arn:aws:cognito-identity:us-east-1:' + ACCOUNT + ':identitypool/' + pool
    cognito.tag_resource(ResourceArn=arn, Tags={'b': '2'})
    cognito.untag_resource(ResourceArn=arn, TagKeys=['a'])
    assert cognito.list_tags_for_resource(ResourceArn=arn)['Tags'] == {'b': '2'}
    guest = cognito.get_id(IdentityPoolId=pool)['IdentityId']
    assert cognito.describe_identity(IdentityId=guest)['IdentityId'] == guest
    token = cognito.get_open_id_token(IdentityId=guest)['Token']
    refused(lambda: cognito.get_credentials_for_identity(IdentityId=guest), 'InvalidIdentityPoolConfigurationException')
    iam = client('iam')
    trust = json.dumps({'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow',
        'Principal': {'Federated': 'cognito-identity.amazonaws.com'}, 'Action': 'sts:AssumeRoleWithWebIdentity',
        'Condition': {'StringEquals': {'cognito-identity.amazonaws.com:aud': pool}}}]})
    role = iam.create_role(RoleName='guest', AssumeRolePolicyDocument=trust)['Role']['Arn']
    cognito.set_identity_pool_roles(IdentityPoolId=pool, Roles={'unauthenticated': role})
    assert cognito.get_identity_pool_roles(IdentityPoolId=pool)['Roles'] == {'unauthenticated': role}
    assert cognito.get_credentials_for_identity(IdentityId=guest)['Credentials']['SecretKey']
    classic = tracked('sts').assume_role_with_web_identity(RoleArn=role, RoleSessionName='walk', WebIdentityToken=token)
    assert (classic['Provider'], classic['SubjectFromWebIdentityToken']) == ('cognito-identity.amazonaws.com', guest)
    logins = login('ann')
    ann = cognito.get_id(IdentityPoolId=pool, Logins=logins)['IdentityId']
    cognito.unlink_identity(IdentityId=ann, Logins=logins, LoginsToRemove=[issuer])
    cognito.delete_identities(IdentityIdsToDelete=[ann])
    assert [i['IdentityId'] for i in cognito.list_identities(IdentityPoolId=pool, MaxResults=9)['Identities']] == [guest]
    assert cognito.delete_identities(IdentityIdsToDelete=[guest])['UnprocessedIdentityIds'] == []
    cognito.update_identity_pool(IdentityPoolId=pool, IdentityPoolName='ran', AllowUnauthenticatedIdentities=False)
    assert cognito.describe_identity_pool(IdentityPoolId=pool)['IdentityPoolName'] == 'ran'
    assert [p['IdentityPoolId'] for p in cognito.list_identity_pools(MaxResults=9)['IdentityPools']] == [pool]
    cognito.set_principal_tag_attribute_map(IdentityPoolId=pool, IdentityProviderName='p', PrincipalTags={'a': 'b'})
    assert cognito.get_principal_tag_attribute_map(IdentityPoolId=pool, IdentityProviderName='p')['PrincipalTags'] == {'a': 'b'}
    cognito.delete_identity_pool(IdentityPoolId=pool)
    iam.delete_role(RoleName='guest')

def cloudformation():
    cfn = tracked('cloudformation')
    def template(delay):
        return json.dumps({'Resources': {'Q': {'Type': 'AWS::SQS::Queue', 'Properties': {'DelaySeconds': delay}}},
            'Outputs': {'Name': {'Value': {'Fn::GetAtt': 'Q.QueueName'}, 'Export': {'Name': 'walked'}}}})
    status = lambda name: cfn.describe_stacks(StackName=name)['Stacks'][0]['StackStatus']
    assert cfn.validate_template(TemplateBody=template(0))['Parameters'] == []
    assert cfn.get_template_summary(TemplateBody=template(0))['ResourceTypes'] == ['AWS::SQS::Queue']
    stack = cfn.create_stack(StackName='walk', TemplateBody=template(0))['StackId']
    until(lambda: status('walk') == 'CREATE_COMPLETE')
    assert json.loads(json.dumps(cfn.get_template(StackName='walk')['TemplateBody'])) == json.loads(template(0))
    queue = cfn.describe_stack_resource(StackName='walk', LogicalResourceId='Q')['StackResourceDetail']['PhysicalResourceId']
    assert [r['PhysicalResourceId'] for r in cfn.describe_stack_resources(StackName='walk')['StackResources']] == [queue]
    assert [r['LogicalResourceId'] for r in cfn.list_stack_resources(StackName='walk')['StackResourceSummaries']] == ['Q']
    assert cfn.describe_stack_events(StackName='walk')['StackEvents'][0]['ResourceStatus'] == 'CREATE_COMPLETE'
    assert [s['StackId'] for s in cfn.list_stacks()['StackSummaries']] == [stack]
    assert [(e['Name'], e['Value']) for e in cfn.list_exports()['Exports']] == [('walked', queue.split('/')[-1])]
    importing = json.dumps({'Resources': {'Q': {'Type': 'AWS::SQS::Queue',
        'Properties': {'Tags': [{'Key': 'of', 'Value': {'Fn::ImportValue': 'walked'}}]}}}})
    cfn.create_stack(StackName='follows', TemplateBody=importing)
    until(lambda: status('follows') == 'CREATE_COMPLETE')
    assert cfn.list_imports(ExportName='walked')['Imports'] == ['follows']
    cfn.update_stack(StackName='walk', TemplateBody=template(5))
    until(lambda: status('walk') == 'UPDATE_COMPLETE')
    for change in ('kept', 'dropped'):
        cfn.create_change_set(StackName='walk', ChangeSetName=change, TemplateBody=template(9))
        until(lambda: cfn.describe_change_set(StackName='walk', ChangeSetName=change)['Status'] == 'CREATE_COMPLETE')
    cfn.delete_change_set(StackName='walk', ChangeSetName='dropped')
    assert [c['ChangeSetName'] for c in cfn.list_change_sets(StackName='walk')['Summaries']] == ['kept']
    cfn.execute_change_set(StackName='walk', ChangeSetName='kept')
    delay = lambda: client('sqs').get_queue_attributes(QueueUrl=queue, AttributeNames=['DelaySeconds'])['Attributes']['DelaySeconds']
    until(lambda: status('walk') == 'UPDATE_COMPLETE' and delay() == '9')
    for name in ('follows', 'walk'):
        cfn.delete_stack(StackName=name)
        until(lambda: name not in [s['StackName'] for s in cfn.describe_stacks()['Stacks']])

def texts(**values):
    return [{'Name': name.replace('__', ':'), 'Value': value} for name, value in values.items()]

def totp(secret):
    padded = secret + '=' * (-len(secret) % 8)
    value = hmac.new(base64.b32decode(padded), struct.pack('>Q', int(time.time()) // 30), 'sha1').digest()
    at = value[-1] & 15
    return '%06d' % ((struct.unpack('>I', value[at:at + 4])[0] & 0x7fffffff) % 1000000)

def pools(idp):
    pool = idp.create_user_pool(PoolName='walk', Schema=[{'Name': 'team', 'AttributeDataType': 'String', 'Mutable': True}],
        UserPoolTags={'a': '1'})['UserPool']
    at = {'UserPoolId': pool['Id']}
    idp.add_custom_attributes(CustomAttributes=[{'Name': 'level', 'AttributeDataType': 'Number', 'Mutable': True}], **at)
    described = idp.describe_user_pool(**at)['UserPool']
    assert [a['Name'] for a in described['SchemaAttributes']][-2:] == ['custom:team', 'custom:level']
    assert [p['Id'] for p in idp.list_user_pools(MaxResults=1)['UserPools']] == [pool['Id']]
    idp.tag_resource(ResourceArn=pool['Arn'], Tags={'b': '2'})
    idp.untag_resource(ResourceArn=pool['Arn'], TagKeys=['a'])
    assert idp.list_tags_for_resource(ResourceArn=pool['Arn'])['Tags'] == {'b': '2'}
    idp.update_user_pool(AutoVerifiedAttributes=['email'], DeletionProtection='ACTIVE',
        DeviceConfiguration={'ChallengeRequiredOnNewDevice': False, 'DeviceOnlyRememberedOnUserPrompt': True}, **at)
    refused(lambda: idp.delete_user_pool(**at), 'InvalidParameterException')
    idp.update_user_pool(AutoVerifiedAttributes=['email'],
        DeviceConfiguration={'ChallengeRequiredOnNewDevice': False, 'DeviceOnlyRememberedOnUserPrompt': True}, **at)
    idp.set_user_pool_mfa_config(MfaConfiguration='OPTIONAL', SoftwareTokenMfaConfiguration={'Enabled': True}, **at)
    assert idp.get_user_pool_mfa_config(**at)['SoftwareTokenMfaConfiguration'] == {'Enabled': True}
    return at

def pool_parts(idp, at):
    server = dict(Identifier='orders', **at)
    idp.create_resource_server(Name='Orders', Scopes=[{'ScopeName': 'read', 'ScopeDescription': 'Reads'}], **server)
    idp.update_resource_server(Name='All orders', **server)
    assert idp.describe_resource_server(**server)['ResourceServer']['Name'] == 'All orders'
    assert [s['Identifier'] for s in idp.list_resource_servers(**at)['ResourceServers']] == ['orders']
    idp.delete_resource_server(**server)
    details = {'client_id': 'c', 'client_secret': 's', 'attributes_request_method': 'GET',
        'oidc_issuer': 'https://issuer.example.com', 'authorize_scopes': 'openid'}
    corp = dict(ProviderName='Corp', **at)
    idp.create_identity_provider(ProviderType='OIDC', ProviderDetails=details, IdpIdentifiers=['corp.example.com'], **corp)
    idp.update_identity_provider(AttributeMapping={'email': 'mail'}, **corp)
    assert idp.describe_identity_provider(**corp)['IdentityProvider']['AttributeMapping']['email'] == 'mail'
    assert idp.get_identity_provider_by_identifier(IdpIdentifier='corp.example.com', **at)['IdentityProvider']['ProviderName'] == 'Corp'
    assert [p['ProviderType'] for p in idp.list_identity_providers(**at)['Providers']] == ['OIDC']
    idp.create_user_pool_domain(Domain='walk-login', **at)
    assert idp.describe_user_pool_domain(Domain='walk-login')['DomainDescription']['Status'] == 'ACTIVE'
    idp.update_user_pool_domain(Domain='walk-login', ManagedLoginVersion=1, **at)
    idp.set_ui_customization(CSS='.label-customizable {font-weight: 400;}', **at)
    assert idp.get_ui_customization(**at)['UICustomization']['ClientId'] == 'ALL'
    idp.delete_user_pool_domain(Domain='walk-login', **at)
    assert idp.describe_user_pool_domain(Domain='walk-login')['DomainDescription'] == {}
    made = idp.create_user_pool_client(ClientName='secret', GenerateSecret=True, **at)['UserPoolClient']
    own = dict(ClientId=made['ClientId'], **at)
    idp.add_user_pool_client_secret(**own)
    secrets = idp.list_user_pool_client_secrets(**own)['ClientSecrets']
    idp.delete_user_pool_client_secret(ClientSecretId=secrets[0]['ClientSecretId'], **own)
    assert idp.describe_user_pool_client(**own)['UserPoolClient']['ClientSecret'] != made['ClientSecret']
    idp.delete_user_pool_client(**own)
    web = idp.create_user_pool_client(ClientName='web', **at)['UserPoolClient']['ClientId']
    idp.update_user_pool_client(ClientId=web, ExplicitAuthFlows=['ALLOW_USER_PASSWORD_AUTH',
        'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'], **at)
    assert [c['ClientId'] for c in idp.list_user_pool_clients(**at)['UserPoolClients']] == [web]
    return web, corp

def administered_users(idp, at, web, corp):
    ann = dict(Username='ann', **at)
    idp.admin_create_user(UserAttributes=texts(email='ann@example.com', custom__team='red'), MessageAction='SUPPRESS', **ann)
    idp.admin_update_user_attributes(UserAttributes=texts(email_verified='true', name='Ann'), **ann)
    idp.admin_delete_user_attributes(UserAttributeNames=['name'], **ann)
    idp.admin_set_user_password(Password='Passw0rd!1', Permanent=False, **ann)
    started = idp.admin_initiate_auth(ClientId=web, AuthFlow='ADMIN_USER_PASSWORD_AUTH',
        AuthParameters={'USERNAME': 'ann', 'PASSWORD': 'Passw0rd!1'}, **at)
    assert started['ChallengeName'] == 'NEW_PASSWORD_REQUIRED'
    assert 'AccessToken' in idp.admin_respond_to_auth_challenge(ClientId=web, ChallengeName='NEW_PASSWORD_REQUIRED',
        Session=started['Session'], ChallengeResponses={'USERNAME': 'ann', 'NEW_PASSWORD': 'Passw0rd!2'},
        **at)['AuthenticationResult']
    idp.admin_disable_user(**ann)
    assert not idp.admin_get_user(**ann)['Enabled']
    idp.admin_enable_user(**ann)
    idp.admin_link_provider_for_user(DestinationUser={'ProviderName': 'Cognito', 'ProviderAttributeValue': 'ann'},
        SourceUser={'ProviderName': 'Corp', 'ProviderAttributeName': 'Cognito_Subject', 'ProviderAttributeValue': '42'}, **at)
    idp.admin_disable_provider_for_user(User={'ProviderName': 'Corp', 'ProviderAttributeName': 'Cognito_Subject',
        'ProviderAttributeValue': '42'}, **at)
    idp.delete_identity_provider(**corp)
    idp.admin_set_user_settings(MFAOptions=[], **ann)
    idp.admin_set_user_mfa_preference(SMSMfaSettings={'Enabled': False, 'PreferredMfa': False}, **ann)
    group = dict(GroupName='walkers', **at)
    idp.create_group(Precedence=2, **group)
    idp.update_group(Description='They walk', Precedence=1, **group)
    assert idp.get_group(**group)['Group']['Precedence'] == 1
    idp.admin_add_user_to_group(**ann, GroupName='walkers')
    assert [g['GroupName'] for g in idp.admin_list_groups_for_user(**ann)['Groups']] == ['walkers']
    assert [u['Username'] for u in idp.list_users_in_group(**group)['Users']] == ['ann']
    assert [g['GroupName'] for g in idp.list_groups(**at)['Groups']] == ['walkers']
    idp.admin_remove_user_from_group(**ann, GroupName='walkers')
    idp.delete_group(**group)
    assert [u['Username'] for u in idp.list_users(Filter='email ^= "ann"', **at)['Users']] == ['ann']
    idp.admin_reset_user_password(**ann)
    idp.admin_user_global_sign_out(**ann)
    idp.admin_delete_user(**ann)

def own_account(idp, at, web):
    def code(kind, user='bob'):
        query = '?pool={}&user={}&kind={}'.format(at['UserPoolId'], user, kind)
        with urllib.request.urlopen(idp.meta.endpoint_url + '/_syncline/cognito/messages' + query) as answer:
            return json.load(answer)['messages'][-1]['code']
    def sign_in(password):
        return idp.initiate_auth(ClientId=web, AuthFlow='USER_PASSWORD_AUTH',
            AuthParameters={'USERNAME': 'bob', 'PASSWORD': password})
    app = {'ClientId': web}
    idp.sign_up(Username='bob', Password='Passw0rd!1', UserAttributes=texts(email='bob@example.com'), **app)
    idp.resend_confirmation_code(Username='bob', **app)
    idp.confirm_sign_up(Username='bob', ConfirmationCode=code('ResendCode'), **app)
    idp.sign_up(Username='cid', Password='Passw0rd!1', **app)
    idp.admin_confirm_sign_up(Username='cid', **at)
    idp.forgot_password(Username='bob', **app)
    idp.confirm_forgot_password(Username='bob', ConfirmationCode=code('ForgotPassword'), Password='Passw0rd!2', **app)
    tokens = sign_in('Passw0rd!2')['AuthenticationResult']
    me = {'AccessToken': tokens['AccessToken']}
    assert idp.get_user(**me)['Username'] == 'bob'
    assert 'PASSWORD' in idp.get_user_auth_factors(**me)['ConfiguredUserAuthFactors']
    idp.change_password(PreviousPassword='Passw0rd!2', ProposedPassword='Passw0rd!3', **me)
    idp.update_user_attributes(UserAttributes=texts(name='Bob'), **me)
    idp.delete_user_attributes(UserAttributeNames=['name'], **me)
    idp.get_user_attribute_verification_code(AttributeName='email', **me)
    idp.verify_user_attribute(AttributeName='email', Code=code('VerifyUserAttribute'), **me)
    idp.set_user_settings(MFAOptions=[], **me)
    devices(idp, at, tokens, me)
    assert 'IdToken' in idp.get_tokens_from_refresh_token(RefreshToken=tokens['RefreshToken'], **app)['AuthenticationResult']
    idp.revoke_token(Token=tokens['RefreshToken'], **app)
    me = {'AccessToken': sign_in('Passw0rd!3')['AuthenticationResult']['AccessToken']}
    secret = idp.associate_software_token(**me)['SecretCode']
    assert idp.verify_software_token(UserCode=totp(secret), **me)['Status'] == 'SUCCESS'
    idp.set_user_mfa_preference(SoftwareTokenMfaSettings={'Enabled': True, 'PreferredMfa': True}, **me)
    idp.global_sign_out(**me)
    idp.admin_set_user_mfa_preference(Username='bob', SoftwareTokenMfaSettings={'Enabled': False, 'PreferredMfa': False}, **at)
    idp.admin_set_user_password(Username='bob', Password='Passw0rd!4', Permanent=False, **at)
    started = sign_in('Passw0rd!4')
    done = idp.respond_to_auth_challenge(ChallengeName=started['ChallengeName'], Session=started['Session'],
        ChallengeResponses={'USERNAME': 'bob', 'NEW_PASSWORD': 'Passw0rd!5'}, **app)
    idp.delete_user(AccessToken=done['AuthenticationResult']['AccessToken'])

def devices(idp, at, tokens, me):
    key = tokens['NewDeviceMetadata']['DeviceKey']
    verifier = {'PasswordVerifier': base64.b64encode(b'v' * 384).decode(), 'Salt': base64.b64encode(b's' * 16).decode()}
    idp.confirm_device(DeviceKey=key, DeviceSecretVerifierConfig=verifier, DeviceName='phone', **me)
    own = dict(DeviceKey=key, **me)
    idp.update_device_status(DeviceRememberedStatus='remembered', **own)
    assert idp.get_device(**own)['Device']['DeviceKey'] == key
    assert [d['DeviceKey'] for d in idp.list_devices(**me)['Devices']] == [key]
    theirs = dict(Username='bob', **at)
    idp.admin_update_device_status(DeviceKey=key, DeviceRememberedStatus='not_remembered', **theirs)
    assert idp.admin_get_device(DeviceKey=key, **theirs)['Device']['DeviceKey'] == key
    assert len(idp.admin_list_devices(**theirs)['Devices']) == 1
    idp.forget_device(**own)
    tokens = idp.admin_initiate_auth(ClientId=idp.list_user_pool_clients(**at)['UserPoolClients'][0]['ClientId'],
        AuthFlow='ADMIN_USER_PASSWORD_AUTH', AuthParameters={'USERNAME': 'bob', 'PASSWORD': 'Passw0rd!3'},
        **at)['AuthenticationResult']
    key = tokens['NewDeviceMetadata']['DeviceKey']
    idp.confirm_device(AccessToken=tokens['AccessToken'], DeviceKey=key, DeviceSecretVerifierConfig=verifier)
    idp.admin_forget_device(DeviceKey=key, **theirs)

def cognito():
    idp = tracked('cognito-idp')
    at = pools(idp)
    web, corp = pool_parts(idp, at)
    administered_users(idp, at, web, corp)
    own_account(idp, at, web)
    idp.delete_user_pool(**at)

for story in (sts, iam, logs, secrets, s3, s3_settings, events, cloudwatch, sqs, dynamodb, appsync, lambda_, apigateway, apigatewayv2, states, identity_pools, cloudformation, cognito):
    try:
        story()
    except BaseException as failure:
        raise AssertionError('in the story of ' + story.__name__) from failure

print(json.dumps({service: sorted(names) for service, names in called.items()}))
