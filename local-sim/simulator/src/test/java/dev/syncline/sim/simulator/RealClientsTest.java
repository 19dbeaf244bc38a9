// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.testing.AwsCli;
import dev.syncline.sim.testing.CoreServices;
import dev.syncline.sim.testing.RealClientsFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** AWS's own clients against the port. An answer that they cannot read is of no use. */
class RealClientsTest extends RealClientsFixture {
  @Test
  void boto3ManagesRolesAndPolicies() {
    AwsCli.assumeBoto3();
    aws.python(
        """
        iam = client('iam')
        trust = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Action': 'sts:AssumeRole',
            'Principal': {'Service': 'lambda.amazonaws.com'}}]}
        role = iam.create_role(RoleName='r', AssumeRolePolicyDocument=json.dumps(trust),
            Description='a + b & <c> %20', Tags=[{'Key': 'k', 'Value': 'v&"'}])['Role']
        assert role['Arn'] == 'arn:aws:iam::111111111111:role/r', role
        got = iam.get_role(RoleName='r')['Role']
        assert got['AssumeRolePolicyDocument'] == trust and got['Tags'] == [{'Key': 'k', 'Value': 'v&"'}]
        assert got['Description'] == 'a + b & <c> %20' and got['MaxSessionDuration'] == 3600
        refused(lambda: iam.create_role(RoleName='r', AssumeRolePolicyDocument=json.dumps(trust)), 'EntityAlreadyExists')
        refused(lambda: iam.create_role(RoleName='x', AssumeRolePolicyDocument='{'), 'MalformedPolicyDocument')
        iam.update_role(RoleName='r', MaxSessionDuration=7200, Description='v2')
        iam.update_role_description(RoleName='r', Description='v3')
        iam.update_assume_role_policy(RoleName='r', PolicyDocument=json.dumps(trust))
        iam.tag_role(RoleName='r', Tags=[{'Key': 'l', 'Value': ''}])
        iam.untag_role(RoleName='r', TagKeys=['k'])
        assert iam.list_role_tags(RoleName='r')['Tags'] == [{'Key': 'l', 'Value': ''}]
        doc = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Action': 's3:*', 'Resource': 'arn:aws:s3:::b/%+é'}]}
        iam.put_role_policy(RoleName='r', PolicyName='p', PolicyDocument=json.dumps(doc))
        assert iam.get_role_policy(RoleName='r', PolicyName='p')['PolicyDocument'] == doc
        assert iam.list_role_policies(RoleName='r')['PolicyNames'] == ['p']
        refused(lambda: iam.delete_role(RoleName='r'), 'DeleteConflict')
        iam.delete_role_policy(RoleName='r', PolicyName='p')
        refused(lambda: iam.get_role_policy(RoleName='r', PolicyName='p'), 'NoSuchEntity')
        policy = iam.create_policy(PolicyName='mine', PolicyDocument=json.dumps(doc), Path='/x/')['Policy']
        arn = policy['Arn']
        assert arn == 'arn:aws:iam::111111111111:policy/x/mine' and policy['DefaultVersionId'] == 'v1'
        iam.create_policy_version(PolicyArn=arn, PolicyDocument=json.dumps(doc), SetAsDefault=True)
        assert iam.get_policy(PolicyArn=arn)['Policy']['DefaultVersionId'] == 'v2'
        assert iam.get_policy_version(PolicyArn=arn, VersionId='v2')['PolicyVersion']['Document'] == doc
        refused(lambda: iam.delete_policy_version(PolicyArn=arn, VersionId='v2'), 'DeleteConflict')
        iam.set_default_policy_version(PolicyArn=arn, VersionId='v1')
        iam.delete_policy_version(PolicyArn=arn, VersionId='v2')
        assert [v['VersionId'] for v in iam.list_policy_versions(PolicyArn=arn)['Versions']] == ['v1']
        iam.tag_policy(PolicyArn=arn, Tags=[{'Key': 'a', 'Value': 'b'}])
        iam.untag_policy(PolicyArn=arn, TagKeys=['a'])
        aws_arn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'
        iam.attach_role_policy(RoleName='r', PolicyArn=aws_arn)
        iam.attach_role_policy(RoleName='r', PolicyArn=arn)
        attached = iam.list_attached_role_policies(RoleName='r')['AttachedPolicies']
        assert {a['PolicyName'] for a in attached} == {'mine', 'AWSLambdaBasicExecutionRole'}, attached
        assert iam.get_policy(PolicyArn=aws_arn)['Policy']['Path'] == '/service-role/'
        refused(lambda: iam.attach_role_policy(RoleName='r', PolicyArn=arn + 'x'), 'NoSuchEntity')
        refused(lambda: iam.delete_policy(PolicyArn=arn), 'DeleteConflict')
        refused(lambda: iam.delete_role(RoleName='r'), 'DeleteConflict')
        assert [p['AttachmentCount'] for p in iam.list_policies(Scope='Local')['Policies']] == [1]
        for a in (arn, aws_arn): iam.detach_role_policy(RoleName='r', PolicyArn=a)
        iam.delete_policy(PolicyArn=arn)
        assert iam.list_instance_profiles_for_role(RoleName='r')['InstanceProfiles'] == []
        for i in range(5): iam.create_role(RoleName='n%d' % i, AssumeRolePolicyDocument=json.dumps(trust))
        pages = list(iam.get_paginator('list_roles').paginate(PaginationConfig={'PageSize': 2}))
        assert sum(len(p['Roles']) for p in pages) == 6 and len(pages) == 3, pages
        for i in range(5): iam.delete_role(RoleName='n%d' % i)
        iam.delete_role(RoleName='r')
        assert refused(lambda: iam.get_role(RoleName='r'), 'NoSuchEntity')['ResponseMetadata']['HTTPStatusCode'] == 404
        assert iam.get_user()['User']['Arn'].startswith('arn:aws:iam::111111111111:user/')
        refused(lambda: iam.create_virtual_mfa_device(VirtualMFADeviceName='d'), 'InvalidAction')
        sts = client('sts')
        assert sts.get_caller_identity()['Account'] == '111111111111'
        assumed = sts.assume_role(RoleArn='arn:aws:iam::111111111111:role/r', RoleSessionName='me')
        assert assumed['AssumedRoleUser']['Arn'].endswith('assumed-role/r/me') and assumed['Credentials']['Expiration']
        """);
  }

  @Test
  void boto3WritesAndReadsLogs() {
    AwsCli.assumeBoto3();
    aws.python(
        """
        logs = client('logs')
        logs.create_log_group(logGroupName='/aws/lambda/f', tags={'a': 'b'})
        refused(lambda: logs.create_log_group(logGroupName='/aws/lambda/f'), 'ResourceAlreadyExistsException')
        logs.put_retention_policy(logGroupName='/aws/lambda/f', retentionInDays=14)
        refused(lambda: logs.put_retention_policy(logGroupName='/aws/lambda/f', retentionInDays=2), 'InvalidParameterException')
        group = logs.describe_log_groups(logGroupNamePrefix='/aws/')['logGroups'][0]
        assert group['retentionInDays'] == 14 and group['arn'].endswith(':log-group:/aws/lambda/f:*')
        logs.tag_resource(resourceArn=group['arn'][:-2], tags={'c': 'd'})
        logs.untag_resource(resourceArn=group['arn'][:-2], tagKeys=['a'])
        assert logs.list_tags_for_resource(resourceArn=group['arn'][:-2])['tags'] == {'c': 'd'}
        logs.create_log_stream(logGroupName='/aws/lambda/f', logStreamName='s')
        import time
        now = int(time.time() * 1000)
        logs.put_log_events(logGroupName='/aws/lambda/f', logStreamName='s', logEvents=[
            {'timestamp': now + i, 'message': 'line %d é😀 %s' % (i, 'ERROR' if i % 10 == 0 else 'ok')} for i in range(25)])
        refused(lambda: logs.put_log_events(logGroupName='/aws/lambda/f', logStreamName='none',
            logEvents=[{'timestamp': now, 'message': 'x'}]), 'ResourceNotFoundException')
        seen, token = [], None
        while True:
            more = {'nextToken': token} if token else {}
            page = logs.get_log_events(logGroupName='/aws/lambda/f', logStreamName='s', startFromHead=True, limit=10, **more)
            if not page['events']:
                assert page['nextForwardToken'] == token
                break
            seen += page['events']; token = page['nextForwardToken']
        assert [e['message'].split()[1] for e in seen] == [str(i) for i in range(25)]
        tail = logs.get_log_events(logGroupName='/aws/lambda/f', logStreamName='s', limit=5)['events']
        assert [e['timestamp'] for e in tail] == [now + i for i in range(20, 25)]
        found = logs.filter_log_events(logGroupName='/aws/lambda/f', filterPattern='ERROR')['events']
        assert [e['timestamp'] for e in found] == [now, now + 10, now + 20]
        pages = list(logs.get_paginator('filter_log_events').paginate(logGroupName='/aws/lambda/f', PaginationConfig={'PageSize': 10}))
        assert sum(len(p['events']) for p in pages) == 25
        refused(lambda: logs.filter_log_events(logGroupName='/aws/lambda/f', filterPattern='{ $.a = 1 }'), 'InvalidParameterException')
        assert logs.describe_log_streams(logGroupName='/aws/lambda/f')['logStreams'][0]['lastEventTimestamp'] == now + 24
        logs.delete_retention_policy(logGroupName='/aws/lambda/f')
        logs.delete_log_stream(logGroupName='/aws/lambda/f', logStreamName='s')
        logs.delete_log_group(logGroupName='/aws/lambda/f')
        assert logs.describe_log_groups()['logGroups'] == []
        refused(lambda: logs.start_query(logGroupName='x', startTime=1, endTime=2, queryString='x'), 'UnknownOperationException')
        """);
  }

  @Test
  void boto3KeepsSecretsAndConnections() {
    AwsCli.assumeBoto3();
    aws.python(
        """
        sm = client('secretsmanager')
        made = sm.create_secret(Name='a/b', SecretString='one', Description='d', Tags=[{'Key': 'k', 'Value': 'v'}])
        arn = made['ARN']
        assert arn.startswith('arn:aws:secretsmanager:us-east-1:111111111111:secret:a/b-') and len(arn.split('-')[-1]) == 6
        refused(lambda: sm.create_secret(Name='a/b', SecretString='x'), 'ResourceExistsException')
        for id in ('a/b', arn, arn[:-7]):
            assert sm.get_secret_value(SecretId=id)['SecretString'] == 'one'
        put = sm.put_secret_value(SecretId='a/b', SecretString='two')
        assert put['VersionStages'] == ['AWSCURRENT']
        assert sm.get_secret_value(SecretId='a/b', VersionStage='AWSPREVIOUS')['SecretString'] == 'one'
        assert sm.get_secret_value(SecretId='a/b', VersionId=made['VersionId'])['SecretString'] == 'one'
        sm.update_secret(SecretId='a/b', SecretBinary=b'\\x00\\xff', Description='e')
        assert sm.get_secret_value(SecretId='a/b')['SecretBinary'] == b'\\x00\\xff'
        refused(lambda: sm.get_secret_value(SecretId='a/b', VersionId=made['VersionId']), 'ResourceNotFoundException')
        sm.tag_resource(SecretId='a/b', Tags=[{'Key': 'l', 'Value': 'm'}]); sm.untag_resource(SecretId='a/b', TagKeys=['k'])
        seen = sm.describe_secret(SecretId='a/b')
        assert seen['Tags'] == [{'Key': 'l', 'Value': 'm'}] and seen['Description'] == 'e' and len(seen['VersionIdsToStages']) == 2
        assert seen['CreatedDate'] and seen['LastChangedDate']
        current = [v for v, s in seen['VersionIdsToStages'].items() if 'AWSCURRENT' in s][0]
        sm.update_secret_version_stage(SecretId='a/b', VersionStage='AWSCURRENT', RemoveFromVersionId=current, MoveToVersionId=put['VersionId'])
        assert sm.get_secret_value(SecretId='a/b')['SecretString'] == 'two'
        assert 'ResourcePolicy' not in sm.get_resource_policy(SecretId='a/b')
        sm.delete_secret(SecretId='a/b', RecoveryWindowInDays=7)
        refused(lambda: sm.get_secret_value(SecretId='a/b'), 'InvalidRequestException')
        refused(lambda: sm.create_secret(Name='a/b', SecretString='x'), 'InvalidRequestException')
        assert sm.list_secrets()['SecretList'] == []
        sm.restore_secret(SecretId='a/b')
        assert [s['Name'] for s in sm.list_secrets(Filters=[{'Key': 'name', 'Values': ['a/']}])['SecretList']] == ['a/b']
        sm.delete_secret(SecretId='a/b', ForceDeleteWithoutRecovery=True)
        refused(lambda: sm.describe_secret(SecretId='a/b'), 'ResourceNotFoundException')
        word = sm.get_random_password(PasswordLength=20, ExcludePunctuation=True, ExcludeCharacters='abc')['RandomPassword']
        assert len(word) == 20 and word.isalnum() and not set(word) & set('abc')

        events = client('events')
        refused(lambda: events.create_connection(Name='o', AuthorizationType='OAUTH_CLIENT_CREDENTIALS', AuthParameters={'OAuthParameters': {
            'ClientParameters': {'ClientID': 'a', 'ClientSecret': 'b'}, 'AuthorizationEndpoint': 'https://x', 'HttpMethod': 'PATCH'}}), 'ValidationException')
        c = events.create_connection(Name='c', AuthorizationType='API_KEY', Description='d', AuthParameters={
            'ApiKeyAuthParameters': {'ApiKeyName': 'x-api-key', 'ApiKeyValue': 'secret-1'},
            'InvocationHttpParameters': {'HeaderParameters': [{'Key': 'X-A', 'Value': '1'}, {'Key': 'X-B', 'Value': 'hidden', 'IsValueSecret': True}]}})
        assert c['ConnectionState'] == 'AUTHORIZED' and ':connection/c/' in c['ConnectionArn']
        refused(lambda: events.create_connection(Name='c', AuthorizationType='BASIC', AuthParameters={'BasicAuthParameters': {'Username': 'u', 'Password': 'p'}}), 'ResourceAlreadyExistsException')
        seen = events.describe_connection(Name='c')
        assert 'secret-1' not in str(seen) and 'hidden' not in str(seen), seen
        assert seen['AuthParameters']['ApiKeyAuthParameters'] == {'ApiKeyName': 'x-api-key'} and seen['Description'] == 'd'
        assert json.loads(sm.get_secret_value(SecretId=seen['SecretArn'])['SecretString'])['api_key_value'] == 'secret-1'
        events.update_connection(Name='c', AuthorizationType='API_KEY', AuthParameters={'ApiKeyAuthParameters': {'ApiKeyName': 'x-api-key', 'ApiKeyValue': 'secret-2'}})
        assert json.loads(sm.get_secret_value(SecretId=seen['SecretArn'])['SecretString'])['api_key_value'] == 'secret-2'
        assert [x['Name'] for x in events.list_connections(NamePrefix='c')['Connections']] == ['c']
        assert events.deauthorize_connection(Name='c')['ConnectionState'].startswith('DEAUTHORIZ')
        assert events.delete_connection(Name='c')['ConnectionState'] == 'DELETING'
        refused(lambda: events.describe_connection(Name='c'), 'ResourceNotFoundException')
        assert sm.list_secrets()['SecretList'] == []
        """);
  }

  @Test
  void boto3UsesS3() {
    AwsCli.assumeBoto3();
    aws.python(
        """
        s3 = client('s3')
        s3.create_bucket(Bucket='bucket')
        s3.head_bucket(Bucket='bucket')
        assert s3.get_bucket_location(Bucket='bucket')['LocationConstraint'] is None
        assert [b['Name'] for b in s3.list_buckets()['Buckets']] == ['bucket']
        key = 'a b/ü+%/x&<y>.txt'
        for algorithm in ('CRC32', 'SHA256', 'SHA1'):
            s3.put_object(Bucket='bucket', Key=key, Body=b'hello', ContentType='text/x', Metadata={'who': 'me'}, ChecksumAlgorithm=algorithm)
        got = s3.get_object(Bucket='bucket', Key=key, ChecksumMode='ENABLED')
        assert got['Body'].read() == b'hello' and got['ContentType'] == 'text/x' and got['Metadata'] == {'who': 'me'}
        assert got['ETag'] == '"5d41402abc4b2a76b9719d911017c592"' and 'ContentEncoding' not in got
        assert s3.get_object(Bucket='bucket', Key=key, Range='bytes=1-2')['Body'].read() == b'el'
        assert s3.get_object(Bucket='bucket', Key=key, Range='bytes=-2')['Body'].read() == b'lo'
        refused(lambda: s3.get_object(Bucket='bucket', Key=key, Range='bytes=9-'), 'InvalidRange')
        assert s3.head_object(Bucket='bucket', Key=key)['ContentLength'] == 5
        assert refused(lambda: s3.head_object(Bucket='bucket', Key='none'), '404')
        refused(lambda: s3.get_object(Bucket='bucket', Key='none'), 'NoSuchKey')
        refused(lambda: s3.get_object(Bucket='none', Key='none'), 'NoSuchBucket')
        refused(lambda: s3.put_object(Bucket='bucket', Key=key, Body=b'x', IfNoneMatch='*'), 'PreconditionFailed')
        refused(lambda: s3.put_object(Bucket='bucket', Key=key, Body=b'x', ChecksumCRC32='AAAAAA=='), 'BadDigest')
        s3.copy_object(Bucket='bucket', Key='copy', CopySource={'Bucket': 'bucket', 'Key': key})
        assert s3.get_object(Bucket='bucket', Key='copy')['Metadata'] == {'who': 'me'}
        for i in range(25): s3.put_object(Bucket='bucket', Key='dir%d/file %02d' % (i % 2, i), Body=b'')
        pages = list(s3.get_paginator('list_objects_v2').paginate(Bucket='bucket', PaginationConfig={'PageSize': 4}))
        assert sum(len(p.get('Contents', [])) for p in pages) == 27, pages
        grouped = list(s3.get_paginator('list_objects_v2').paginate(Bucket='bucket', Delimiter='/', PaginationConfig={'PageSize': 1}))
        assert [x['Prefix'] for p in grouped for x in p.get('CommonPrefixes', [])] == ['a b/', 'dir0/', 'dir1/'], grouped
        assert [x['Key'] for p in grouped for x in p.get('Contents', [])] == ['copy']
        assert len(list(s3.get_paginator('list_objects').paginate(Bucket='bucket', PaginationConfig={'PageSize': 10}))) == 3
        up = s3.create_multipart_upload(Bucket='bucket', Key='big')['UploadId']
        parts = [{'PartNumber': n, 'ETag': s3.upload_part(Bucket='bucket', Key='big', UploadId=up, PartNumber=n, Body=b'%d' % n * 5 * 1024 * 1024)['ETag']} for n in (1, 2)]
        refused(lambda: s3.complete_multipart_upload(Bucket='bucket', Key='big', UploadId=up, MultipartUpload={'Parts': parts[::-1]}), 'InvalidPartOrder')
        assert s3.complete_multipart_upload(Bucket='bucket', Key='big', UploadId=up, MultipartUpload={'Parts': parts})['ETag'].endswith('-2"')
        assert s3.get_object(Bucket='bucket', Key='big')['Body'].read() == b'1' * 5 * 1024 * 1024 + b'2' * 5 * 1024 * 1024
        gone = s3.create_multipart_upload(Bucket='bucket', Key='gone')['UploadId']
        s3.abort_multipart_upload(Bucket='bucket', Key='gone', UploadId=gone)
        refused(lambda: s3.upload_part(Bucket='bucket', Key='gone', UploadId=gone, PartNumber=1, Body=b''), 'NoSuchUpload')
        refused(lambda: s3.get_bucket_policy(Bucket='bucket'), 'NoSuchBucketPolicy')
        refused(lambda: s3.delete_bucket(Bucket='bucket'), 'BucketNotEmpty')
        keys = [{'Key': x['Key']} for p in s3.get_paginator('list_objects_v2').paginate(Bucket='bucket') for x in p['Contents']]
        assert len(s3.delete_objects(Bucket='bucket', Delete={'Objects': keys})['Deleted']) == len(keys)
        s3.delete_bucket(Bucket='bucket')
        assert s3.list_buckets()['Buckets'] == []
        """);
  }

  @Test
  void theCliSyncsDirectoriesWithS3() throws Exception {
    AwsCli.assumeInstalled();
    Path source = Files.createDirectories(work.resolve("source/sub dir"));
    byte[] large = new byte[20 * 1024 * 1024];
    new Random(1).nextBytes(large);
    Files.write(source.resolve("large.bin"), large);
    Files.writeString(work.resolve("source/small+1.txt"), "small é");
    aws.ok("s3", "mb", "s3://bucket");
    aws.ok("s3", "sync", "source", "s3://bucket/there");
    assertThat(aws.ok("s3", "ls", "s3://bucket/there/", "--recursive").out())
        .contains("there/sub dir/large.bin")
        .contains("20971520");
    aws.ok("s3", "sync", "s3://bucket/there", "back");
    assertThat(Files.readAllBytes(work.resolve("back/sub dir/large.bin"))).isEqualTo(large);
    assertThat(work.resolve("back/small+1.txt")).hasContent("small é");
    assertThat(aws.ok("s3", "sync", "source", "s3://bucket/there").out()).isBlank();
    aws.ok("s3", "cp", "s3://bucket/there/small+1.txt", "s3://bucket/copy");
    aws.ok("s3", "rm", "s3://bucket/copy");
    aws.ok("s3", "rb", "s3://bucket", "--force");
    assertThat(aws.ok("s3", "ls").out()).isBlank();
  }

  @Test
  void theCliReadsAnswersAndErrors() {
    AwsCli.assumeInstalled();
    assertThat(aws.ok("sts", "get-caller-identity").json().path("Account").asText())
        .isEqualTo(CoreServices.ACCOUNT);
    AwsCli.Result missing = aws.run("iam", "get-role", "--role-name", "none");
    assertThat(missing.exit()).isNotZero();
    assertThat(missing.err()).contains("NoSuchEntity").contains("none");
    AwsCli.Result unsupported = aws.run("dynamodb", "list-tables");
    assertThat(unsupported.err()).contains("does not support the service 'dynamodb'");
  }
}
