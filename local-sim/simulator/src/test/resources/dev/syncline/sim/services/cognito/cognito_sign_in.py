# SPDX-License-Identifier: Apache-2.0
# Sign-up and sign-in by boto3, with an SRP client written from AWS's documentation. "client" comes
# from the test that runs it. Prints {"done": [names]}.
import base64, datetime, hashlib, hmac, json, os, struct, time, urllib.parse, urllib.request

N_HEX = ('FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD'
    'EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED'
    'EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F'
    '83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B'
    'E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510'
    '15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7'
    'ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C'
    'BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF')
N = int(N_HEX, 16)
G = 2
IDP = client('cognito-idp')
PASSWORD = 'Passw0rd!'
done = []

def pad(number):
    return number.to_bytes(number.bit_length() // 8 + 1, 'big') if number else b'\0'

def digest(*parts):
    return hashlib.sha256(b''.join(parts)).digest()

def number(*parts):
    return int.from_bytes(digest(*parts), 'big')

class Srp:
    def __init__(self, scope):
        self.scope = scope
        self.secret = int.from_bytes(os.urandom(128), 'big')
        self.public = pow(G, self.secret, N)

    def claim(self, parameters, user, password, timestamp=None, salted=None):
        b, salt = int(parameters['SRP_B'], 16), int(parameters['SALT'], 16)
        u = number(pad(self.public), pad(b))
        x = number(pad(salt), digest((self.scope + user + ':' + password).encode()))
        k = number(pad(N), pad(G))
        s = pow((b - k * pow(G, x, N)) % N, self.secret + u * x, N)
        extracted = hmac.new(pad(u), pad(s), 'sha256').digest()
        key = hmac.new(extracted, b'Caldera Derived Key\x01', 'sha256').digest()[:16]
        now = datetime.datetime.now(datetime.timezone.utc)
        stamp = timestamp or now.strftime('%a %b {} %H:%M:%S UTC %Y').format(now.day)
        block = base64.b64decode(parameters['SECRET_BLOCK'])
        proof = hmac.new(key, (self.scope + user).encode() + block + stamp.encode(), 'sha256')
        return {'TIMESTAMP': stamp, 'USERNAME': parameters['USERNAME'],
            'PASSWORD_CLAIM_SECRET_BLOCK': parameters['SECRET_BLOCK'],
            'PASSWORD_CLAIM_SIGNATURE': base64.b64encode(proof.digest()).decode()}

def totp(secret, step=0):
    padded = secret + '=' * (-len(secret) % 8)
    counter = struct.pack('>Q', int(time.time()) // 30 + step)
    value = hmac.new(base64.b32decode(padded), counter, 'sha1').digest()
    at = value[-1] & 15
    return '%06d' % ((struct.unpack('>I', value[at:at + 4])[0] & 0x7fffffff) % 1000000)

def error(call):
    try:
        call()
    except IDP.exceptions.ClientError as refused:
        found = refused.response['Error']
        return found['Code'] + ': ' + found['Message']
    raise AssertionError('the call was not refused')

def code(pool, user, kind):
    query = urllib.parse.urlencode({'pool': pool, 'user': user, 'kind': kind})
    with urllib.request.urlopen(IDP.meta.endpoint_url + '/_syncline/cognito/messages?' + query) as answer:
        return json.load(answer)['messages'][-1]['code']

def story(work):
    work()
    done.append(work.__name__)

def new_pool(**more):
    return IDP.create_user_pool(PoolName='people', **more)['UserPool']['Id']

def new_client(pool, *flows, **more):
    return IDP.create_user_pool_client(UserPoolId=pool, ClientName='web',
        ExplicitAuthFlows=list(flows) or ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH',
            'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'], **more)['UserPoolClient']

def new_user(pool, name, **more):
    IDP.admin_create_user(UserPoolId=pool, Username=name, MessageAction='SUPPRESS', **more)
    IDP.admin_set_user_password(UserPoolId=pool, Username=name, Password=PASSWORD, Permanent=True)

def by_password(app, name, password=PASSWORD, **more):
    return IDP.initiate_auth(ClientId=app, AuthFlow='USER_PASSWORD_AUTH',
        AuthParameters={'USERNAME': name, 'PASSWORD': password, **more})

def by_srp(pool, app, name, password=PASSWORD):
    srp = Srp(pool.split('_')[1])
    started = IDP.initiate_auth(ClientId=app, AuthFlow='USER_SRP_AUTH',
        AuthParameters={'USERNAME': name, 'SRP_A': '%x' % srp.public})
    assert started['ChallengeName'] == 'PASSWORD_VERIFIER' and 'Session' not in started, started
    parameters = started['ChallengeParameters']
    assert sorted(parameters) == ['SALT', 'SECRET_BLOCK', 'SRP_B', 'USERNAME', 'USER_ID_FOR_SRP']
    assert len(parameters['SALT']) == 32 and len(parameters['SECRET_BLOCK']) > 1000
    return lambda: IDP.respond_to_auth_challenge(ClientId=app, ChallengeName='PASSWORD_VERIFIER',
        ChallengeResponses=srp.claim(parameters, parameters['USER_ID_FOR_SRP'], password))

def sign_up():
    pool = new_pool(AutoVerifiedAttributes=['email'])
    app = new_client(pool)['ClientId']
    asked = dict(ClientId=app, Username='ann', Password=PASSWORD,
        UserAttributes=[{'Name': 'email', 'Value': 'foo@example.com'}])
    answer = IDP.sign_up(**asked)
    assert answer['UserConfirmed'] is False and answer['UserSub']
    assert answer['CodeDeliveryDetails'] == {'AttributeName': 'email', 'DeliveryMedium': 'EMAIL',
        'Destination': 'f***@e***'}, answer
    assert error(lambda: IDP.sign_up(**asked)) == 'UsernameExistsException: User already exists'
    assert error(lambda: IDP.sign_up(**{**asked, 'Username': 'bob', 'Password': 'short'})).startswith(
        'InvalidPasswordException: Password did not conform with policy: Password not long enough')
    assert error(lambda: by_password(app, 'ann', 'wrong')) == \
        'UserNotConfirmedException: User is not confirmed.'
    sent = code(pool, 'ann', 'SignUp')
    wrong = '000000' if sent != '000000' else '111111'
    confirm = lambda it: IDP.confirm_sign_up(ClientId=app, Username='ann', ConfirmationCode=it)
    assert error(lambda: confirm(wrong)) == 'CodeMismatchException: Invalid verification code ' \
        'provided, please try again.'
    IDP.resend_confirmation_code(ClientId=app, Username='ann')
    confirm(code(pool, 'ann', 'ResendCode'))
    assert error(lambda: confirm(sent)) == 'NotAuthorizedException: User cannot be confirmed. ' \
        'Current status is CONFIRMED'
    assert by_password(app, 'ann')['AuthenticationResult']['TokenType'] == 'Bearer'
    user = IDP.admin_get_user(UserPoolId=pool, Username='ann')
    assert {'Name': 'email_verified', 'Value': 'true'} in user['UserAttributes']

def secure_remote_password():
    pool = new_pool()
    app = new_client(pool)['ClientId']
    new_user(pool, 'ann')
    for _ in range(3):
        result = by_srp(pool, app, 'ann')()
        assert result['ChallengeParameters'] == {}
        assert sorted(result['AuthenticationResult']) == ['AccessToken', 'ExpiresIn', 'IdToken',
            'RefreshToken', 'TokenType']
    assert error(by_srp(pool, app, 'ann', 'Other0ne!')) == \
        'NotAuthorizedException: Incorrect username or password.'
    refused = IDP.initiate_auth(ClientId=app, AuthFlow='USER_SRP_AUTH',
        AuthParameters={'USERNAME': 'ann', 'SRP_A': '0'})
    assert refused['ChallengeName'] == 'PASSWORD_VERIFIER'
    hidden = new_client(pool, PreventUserExistenceErrors='ENABLED')['ClientId']
    salts = set()
    for _ in range(2):
        challenge = IDP.initiate_auth(ClientId=hidden, AuthFlow='USER_SRP_AUTH',
            AuthParameters={'USERNAME': 'nobody', 'SRP_A': 'abc'})['ChallengeParameters']
        salts.add(challenge['SALT'])
    assert len(salts) == 1
    assert error(by_srp(pool, hidden, 'nobody')) == \
        'NotAuthorizedException: Incorrect username or password.'
    assert error(lambda: by_srp(pool, app, 'nobody')) == \
        'UserNotFoundException: User does not exist.'

def refresh():
    pool = new_pool()
    made = new_client(pool, GenerateSecret=True)
    app, secret = made['ClientId'], made['ClientSecret']
    new_user(pool, 'ann')
    hashed = base64.b64encode(hmac.new(secret.encode(), ('ann' + app).encode(), 'sha256').digest()).decode()
    assert error(lambda: by_password(app, 'ann')) == 'NotAuthorizedException: Client ' + app + \
        ' is configured with secret but SECRET_HASH was not received'
    assert error(lambda: by_password(app, 'ann', SECRET_HASH='x')) == \
        'NotAuthorizedException: Unable to verify secret hash for client ' + app
    tokens = by_password(app, 'ann', SECRET_HASH=hashed)['AuthenticationResult']
    again = lambda token, **more: IDP.initiate_auth(ClientId=app, AuthFlow='REFRESH_TOKEN_AUTH',
        AuthParameters={'REFRESH_TOKEN': token, **more})
    fresh = again(tokens['RefreshToken'], SECRET_HASH=hashed)['AuthenticationResult']
    assert 'RefreshToken' not in fresh and fresh['AccessToken'] != tokens['AccessToken']
    assert error(lambda: again('garbage', SECRET_HASH=hashed)) == \
        'NotAuthorizedException: Invalid Refresh Token'
    IDP.global_sign_out(AccessToken=fresh['AccessToken'])
    assert error(lambda: IDP.get_user(AccessToken=fresh['AccessToken'])) == \
        'NotAuthorizedException: Access Token has been revoked'
    assert error(lambda: again(tokens['RefreshToken'], SECRET_HASH=hashed)) == \
        'NotAuthorizedException: Refresh Token has been revoked'

def new_password():
    pool = new_pool()
    app = new_client(pool)['ClientId']
    IDP.admin_create_user(UserPoolId=pool, Username='ann', TemporaryPassword='Temp0rary!',
        MessageAction='SUPPRESS', UserAttributes=[{'Name': 'email', 'Value': 'a@b.org'}])
    started = by_srp(pool, app, 'ann', 'Temp0rary!')()
    assert started['ChallengeName'] == 'NEW_PASSWORD_REQUIRED'
    assert started['ChallengeParameters'] == {'USER_ID_FOR_SRP': 'ann', 'requiredAttributes': '[]',
        'userAttributes': '{"email":"a@b.org"}'}, started
    answer = lambda password: IDP.admin_respond_to_auth_challenge(UserPoolId=pool, ClientId=app,
        ChallengeName='NEW_PASSWORD_REQUIRED', Session=started['Session'],
        ChallengeResponses={'USERNAME': 'ann', 'NEW_PASSWORD': password})
    assert error(lambda: answer('short')).startswith(
        'InvalidPasswordException: Password does not conform to policy: ')
    assert answer(PASSWORD)['AuthenticationResult']
    assert error(lambda: answer(PASSWORD)) == 'NotAuthorizedException: Invalid session for the ' \
        'user, session can only be used once.'
    assert by_password(app, 'ann')['AuthenticationResult']

def software_token():
    pool = new_pool()
    IDP.set_user_pool_mfa_config(UserPoolId=pool, MfaConfiguration='ON',
        SoftwareTokenMfaConfiguration={'Enabled': True})
    app = new_client(pool)['ClientId']
    new_user(pool, 'ann')
    started = by_password(app, 'ann')
    assert started['ChallengeName'] == 'MFA_SETUP'
    assert json.loads(started['ChallengeParameters']['MFAS_CAN_SETUP']) == ['SOFTWARE_TOKEN_MFA']
    associated = IDP.associate_software_token(Session=started['Session'])
    assert error(lambda: IDP.verify_software_token(Session=associated['Session'],
        UserCode='000000')) == 'EnableSoftwareTokenMFAException: Code mismatch'
    verified = IDP.verify_software_token(Session=associated['Session'],
        UserCode=totp(associated['SecretCode'], -1))
    assert verified['Status'] == 'SUCCESS'
    signed_in = IDP.respond_to_auth_challenge(ClientId=app, ChallengeName='MFA_SETUP',
        Session=verified['Session'], ChallengeResponses={'USERNAME': 'ann'})
    assert signed_in['AuthenticationResult']['AccessToken']
    asked = by_password(app, 'ann')
    assert asked['ChallengeName'] == 'SOFTWARE_TOKEN_MFA'
    answer = lambda session, given: IDP.respond_to_auth_challenge(ClientId=app, Session=session,
        ChallengeName='SOFTWARE_TOKEN_MFA',
        ChallengeResponses={'USERNAME': 'ann', 'SOFTWARE_TOKEN_MFA_CODE': given})
    assert error(lambda: answer(asked['Session'], '000000')) == \
        'CodeMismatchException: Invalid code received for user'
    given = totp(associated['SecretCode'])
    assert answer(asked['Session'], given)['AuthenticationResult']
    assert error(lambda: answer(by_password(app, 'ann')['Session'], given)) == \
        'ExpiredCodeException: Your software token has already been used once.'

def own_account():
    pool = new_pool(AutoVerifiedAttributes=['email'])
    app = new_client(pool)['ClientId']
    new_user(pool, 'ann', UserAttributes=[{'Name': 'email', 'Value': 'ann@example.com'},
        {'Name': 'email_verified', 'Value': 'true'}])
    token = by_password(app, 'ann')['AuthenticationResult']['AccessToken']
    got = IDP.get_user(AccessToken=token)
    assert got['Username'] == 'ann'
    assert [a['Name'] for a in got['UserAttributes']] == ['email', 'email_verified', 'sub']
    delivered = IDP.update_user_attributes(AccessToken=token,
        UserAttributes=[{'Name': 'email', 'Value': 'new@example.com'}])['CodeDeliveryDetailsList']
    assert [d['Destination'] for d in delivered] == ['n***@e***']
    IDP.verify_user_attribute(AccessToken=token, AttributeName='email',
        Code=code(pool, 'ann', 'UpdateUserAttribute'))
    IDP.forgot_password(ClientId=app, Username='ann')
    IDP.confirm_forgot_password(ClientId=app, Username='ann', Password='An0ther!!',
        ConfirmationCode=code(pool, 'ann', 'ForgotPassword'))
    assert error(lambda: by_password(app, 'ann')) == \
        'NotAuthorizedException: Incorrect username or password.'
    token = by_password(app, 'ann', 'An0ther!!')['AuthenticationResult']['AccessToken']
    IDP.change_password(AccessToken=token, PreviousPassword='An0ther!!', ProposedPassword=PASSWORD)
    assert by_password(app, 'ann')['AuthenticationResult']
    IDP.delete_user(AccessToken=token)
    assert error(lambda: IDP.get_user(AccessToken=token)) == \
        'UserNotFoundException: User does not exist.'

def choice():
    pool = new_pool(Policies={'SignInPolicy': {'AllowedFirstAuthFactors': ['PASSWORD', 'EMAIL_OTP']}})
    app = new_client(pool, 'ALLOW_USER_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH')['ClientId']
    new_user(pool, 'ann', UserAttributes=[{'Name': 'email', 'Value': 'ann@example.com'},
        {'Name': 'email_verified', 'Value': 'true'}])
    start = lambda **more: IDP.initiate_auth(ClientId=app, AuthFlow='USER_AUTH',
        AuthParameters={'USERNAME': 'ann', **more})
    asked = start()
    assert asked['ChallengeName'] == 'SELECT_CHALLENGE'
    assert sorted(asked['AvailableChallenges']) == ['EMAIL_OTP', 'PASSWORD', 'PASSWORD_SRP']
    chosen = IDP.respond_to_auth_challenge(ClientId=app, ChallengeName='SELECT_CHALLENGE',
        Session=asked['Session'], ChallengeResponses={'USERNAME': 'ann', 'ANSWER': 'PASSWORD',
            'PASSWORD': PASSWORD})
    assert chosen['AuthenticationResult']
    asked = start(PREFERRED_CHALLENGE='EMAIL_OTP')
    assert asked['ChallengeName'] == 'EMAIL_OTP'
    assert asked['ChallengeParameters'] == {'CODE_DELIVERY_DELIVERY_MEDIUM': 'EMAIL',
        'CODE_DELIVERY_DESTINATION': 'a***@e***'}
    sent = code(pool, 'ann', 'Authentication')
    assert len(sent) == 8
    answer = lambda given: IDP.respond_to_auth_challenge(ClientId=app, ChallengeName='EMAIL_OTP',
        Session=asked['Session'], ChallengeResponses={'USERNAME': 'ann', 'EMAIL_OTP_CODE': given})
    assert error(lambda: answer('0' * 8 if sent != '0' * 8 else '1' * 8)) == \
        'CodeMismatchException: Invalid code or auth state for the user.'
    assert answer(sent)['AuthenticationResult']
    srp = Srp(pool.split('_')[1])
    asked = start(PREFERRED_CHALLENGE='PASSWORD_SRP', SRP_A='%x' % srp.public)
    assert IDP.respond_to_auth_challenge(ClientId=app, ChallengeName='PASSWORD_VERIFIER',
        Session=asked['Session'],
        ChallengeResponses=srp.claim(asked['ChallengeParameters'], 'ann', PASSWORD)
        )['AuthenticationResult']

def remembered_device():
    pool = new_pool(DeviceConfiguration={'ChallengeRequiredOnNewDevice': True,
        'DeviceOnlyRememberedOnUserPrompt': False})
    app = new_client(pool)['ClientId']
    new_user(pool, 'ann')
    first = by_password(app, 'ann')['AuthenticationResult']
    key, group = first['NewDeviceMetadata']['DeviceKey'], first['NewDeviceMetadata']['DeviceGroupKey']
    salt, password = int.from_bytes(b'\x01' + os.urandom(15), 'big'), 'device-password'
    x = number(pad(salt), digest((group + key + ':' + password).encode()))
    IDP.confirm_device(AccessToken=first['AccessToken'], DeviceKey=key, DeviceName='mine',
        DeviceSecretVerifierConfig={'Salt': base64.b64encode(pad(salt)).decode(),
            'PasswordVerifier': base64.b64encode(pad(pow(G, x, N))).decode()})
    assert IDP.get_device(AccessToken=first['AccessToken'], DeviceKey=key)['Device']['DeviceKey'] == key
    assert len(IDP.list_devices(AccessToken=first['AccessToken'])['Devices']) == 1
    asked = by_password(app, 'ann', DEVICE_KEY=key)
    assert asked['ChallengeName'] == 'DEVICE_SRP_AUTH'
    srp = Srp(group)
    proof = IDP.respond_to_auth_challenge(ClientId=app, ChallengeName='DEVICE_SRP_AUTH',
        Session=asked['Session'],
        ChallengeResponses={'USERNAME': 'ann', 'DEVICE_KEY': key, 'SRP_A': '%x' % srp.public})
    assert proof['ChallengeName'] == 'DEVICE_PASSWORD_VERIFIER'
    claim = srp.claim(proof['ChallengeParameters'], key, password)
    signed_in = IDP.respond_to_auth_challenge(ClientId=app, Session=proof['Session'],
        ChallengeName='DEVICE_PASSWORD_VERIFIER',
        ChallengeResponses={**claim, 'USERNAME': 'ann', 'DEVICE_KEY': key})
    assert 'NewDeviceMetadata' not in signed_in['AuthenticationResult']

for work in [sign_up, secure_remote_password, refresh, new_password, software_token, own_account,
        choice, remembered_device]:
    story(work)
print(json.dumps({'done': done}))
