# SPDX-License-Identifier: Apache-2.0
resource "aws_s3_bucket" "logs" {
  bucket = "terraform-logs"
}

resource "aws_s3_bucket" "data" {
  bucket        = "terraform-data"
  force_destroy = true
  tags = {
    step = "two"
  }
}

resource "aws_s3_bucket_versioning" "data" {
  bucket = aws_s3_bucket.data.id
  versioning_configuration {
    status = "Suspended"
  }
}

resource "aws_s3_bucket_public_access_block" "data" {
  bucket                  = aws_s3_bucket.data.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = false
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "data" {
  bucket = aws_s3_bucket.data.id
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "data" {
  bucket = aws_s3_bucket.data.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = "alias/data"
    }
    bucket_key_enabled = true
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "data" {
  depends_on = [aws_s3_bucket_versioning.data]
  bucket     = aws_s3_bucket.data.id
  rule {
    id     = "old"
    status = "Enabled"
    filter {
      and {
        prefix                   = "old/"
        object_size_greater_than = 10
        tags                     = { keep = "no" }
      }
    }
    expiration {
      days = 30
    }
    transition {
      days          = 10
      storage_class = "GLACIER"
    }
  }
  rule {
    id     = "uploads"
    status = "Enabled"
    filter {}
    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }
}

resource "aws_s3_bucket_policy" "data" {
  bucket = aws_s3_bucket.data.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyTls"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.data.arn, "${aws_s3_bucket.data.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket_website_configuration" "data" {
  bucket = aws_s3_bucket.data.id
  redirect_all_requests_to {
    host_name = "app.example.com"
    protocol  = "https"
  }
}

resource "aws_sqs_queue" "uploads" {
  name = "uploads"
}

resource "aws_sqs_queue_policy" "uploads" {
  queue_url = aws_sqs_queue.uploads.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.uploads.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_s3_bucket.data.arn } }
    }]
  })
}

resource "aws_s3_bucket_notification" "data" {
  depends_on  = [aws_sqs_queue_policy.uploads]
  bucket      = aws_s3_bucket.data.id
  queue {
    queue_arn     = aws_sqs_queue.uploads.arn
    events        = ["s3:ObjectCreated:Put", "s3:ObjectRemoved:*"]
    filter_prefix = "in/"
    filter_suffix = ".json"
  }
}

resource "aws_s3_object" "first" {
  depends_on   = [aws_s3_bucket_notification.data]
  bucket       = aws_s3_bucket.data.id
  key          = "in/first.json"
  content      = jsonencode({ step = 2 })
  content_type = "application/json"
  tags         = { step = "two" }
}

data "aws_s3_bucket" "data" {
  bucket = aws_s3_bucket.data.id
}

output "arn" {
  value = data.aws_s3_bucket.data.arn
}
