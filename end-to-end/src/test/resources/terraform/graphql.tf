# SPDX-License-Identifier: Apache-2.0
resource "aws_iam_role" "logs" {
  name = "appsync-logs"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "appsync.amazonaws.com" }
    }]
  })
}

resource "aws_dynamodb_table" "posts" {
  name         = "posts"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_appsync_graphql_api" "blog" {
  name                = "blog"
  authentication_type = "API_KEY"
  xray_enabled        = true
  query_depth_limit   = 5
  schema              = <<-EOT
    type Query {
      post(id: ID!): Post
      latest: [Post]
      greeting(name: String): String
    }
    type Mutation {
      publish(id: ID!, title: String): Post
    }
    type Subscription {
      published: Post @aws_subscribe(mutations: ["publish"])
    }
    type Post {
      id: ID!
      title: String
    }
  EOT

  log_config {
    cloudwatch_logs_role_arn = aws_iam_role.logs.arn
    field_log_level          = "ERROR"
  }
  additional_authentication_provider {
    authentication_type = "AWS_IAM"
  }
  additional_authentication_provider {
    authentication_type = "AMAZON_COGNITO_USER_POOLS"
    user_pool_config {
      user_pool_id = "us-east-1_abcdefghi"
    }
  }
  additional_authentication_provider {
    authentication_type = "AWS_LAMBDA"
    lambda_authorizer_config {
      authorizer_uri = "arn:aws:lambda:us-east-1:123456789012:function:authorizer"
    }
  }
  additional_authentication_provider {
    authentication_type = "OPENID_CONNECT"
    openid_connect_config {
      issuer = "https://issuer.example"
    }
  }
  tags = { team = "first" }
}

resource "aws_appsync_api_key" "reader" {
  api_id      = aws_appsync_graphql_api.blog.id
  description = "one"
}

resource "aws_appsync_graphql_api" "typed" {
  name                = "typed"
  authentication_type = "AWS_IAM"
}

resource "aws_appsync_type" "author" {
  api_id     = aws_appsync_graphql_api.typed.id
  format     = "SDL"
  definition = <<-EOT
    type Author {
      name: String
    }
  EOT
}

resource "aws_appsync_datasource" "posts" {
  api_id           = aws_appsync_graphql_api.blog.id
  name             = "posts"
  type             = "AMAZON_DYNAMODB"
  service_role_arn = aws_iam_role.logs.arn
  dynamodb_config {
    table_name = aws_dynamodb_table.posts.name
  }
}

resource "aws_appsync_datasource" "none" {
  api_id = aws_appsync_graphql_api.blog.id
  name   = "none"
  type   = "NONE"
}

resource "aws_appsync_datasource" "web" {
  api_id = aws_appsync_graphql_api.blog.id
  name   = "web"
  type   = "HTTP"
  http_config {
    endpoint = "https://one.example"
  }
}

resource "aws_appsync_function" "save" {
  api_id                    = aws_appsync_graphql_api.blog.id
  data_source               = aws_appsync_datasource.none.name
  name                      = "save"
  request_mapping_template  = "{\"version\": \"2018-05-29\", \"payload\": {}}"
  response_mapping_template = "$util.toJson($ctx.prev.result)"
}

resource "aws_appsync_function" "load" {
  api_id      = aws_appsync_graphql_api.blog.id
  data_source = aws_appsync_datasource.none.name
  name        = "load"
  runtime {
    name            = "APPSYNC_JS"
    runtime_version = "1.0.0"
  }
  code = <<-EOT
    export function request(ctx) { return { payload: ctx.args } }
    export function response(ctx) { return ctx.result }
  EOT
}

resource "aws_appsync_resolver" "post" {
  api_id      = aws_appsync_graphql_api.blog.id
  type        = "Query"
  field       = "post"
  data_source = aws_appsync_datasource.posts.name
  request_template = <<-EOT
    {
      "version": "2018-05-29",
      "operation": "GetItem",
      "key": { "id": $util.dynamodb.toDynamoDBJson($ctx.args.id) }
    }
  EOT
  response_template = "$util.toJson($ctx.result)"
  caching_config {
    caching_keys = ["$context.arguments.id"]
    ttl          = 60
  }
}

resource "aws_appsync_resolver" "publish" {
  api_id            = aws_appsync_graphql_api.blog.id
  type              = "Mutation"
  field             = "publish"
  kind              = "PIPELINE"
  request_template  = "{}"
  response_template = "$util.toJson($ctx.prev.result)"
  pipeline_config {
    functions = [aws_appsync_function.save.function_id]
  }
}

resource "aws_appsync_resolver" "greeting" {
  api_id = aws_appsync_graphql_api.blog.id
  type   = "Query"
  field  = "greeting"
  kind   = "PIPELINE"
  code   = <<-EOT
    export function request(ctx) { return {} }
    export function response(ctx) { return 'Hello ' + ctx.args.name }
  EOT
  runtime {
    name            = "APPSYNC_JS"
    runtime_version = "1.0.0"
  }
  pipeline_config {
    functions = [aws_appsync_function.load.function_id]
  }
}

resource "aws_appsync_api_cache" "blog" {
  api_id               = aws_appsync_graphql_api.blog.id
  api_caching_behavior = "PER_RESOLVER_CACHING"
  type                 = "SMALL"
  ttl                  = 60
}

resource "aws_appsync_domain_name" "blog" {
  domain_name     = "blog.example.com"
  certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/blog"
}

resource "aws_appsync_domain_name_api_association" "blog" {
  api_id      = aws_appsync_graphql_api.blog.id
  domain_name = aws_appsync_domain_name.blog.domain_name
}

output "id" {
  value = aws_appsync_graphql_api.blog.id
}

output "url" {
  value = aws_appsync_graphql_api.blog.uris["GRAPHQL"]
}
