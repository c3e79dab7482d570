/// What each metric of ours counts, as it stands above it on the page for Prometheus; also the list of all there are.
package enum MetricHelp {
    package static let texts = [
        "kindred_http_requests_total": "Requests answered, by route pattern and status.",
        "kindred_http_request_duration_seconds":
            "From a request's head to the head of its answer; waiting that the client asked for counts.",
        "kindred_jobs_accepted_without_record_total":
            "Rating jobs taken while Redis was away; their records are written when they are done.",
        "kindred_jobs_accepted_without_claim_total":
            "Rating jobs taken while Redis was away though they carried an idempotency key: whether they came before is not known.",
        "kindred_rate_limits_counted_locally_total": "Requests counted by this gateway alone, since Redis was away.",
        "kindred_rate_limited_requests_total": "Requests refused because too many came in too short a time.",
        "kindred_refused_waits_total": "Requests refused because too many of the client, or of all, were waiting for jobs.",
        "kindred_logins_total": "Attempts to log in, or to prove a password, by what came of them.",
        "kindred_repeated_requests_total": "Requests whose idempotency key had been used before.",
        "kindred_password_hashes_total": "Password hashes wanted, to keep or to compare, by what came of it.",
        "kindred_password_hash_duration_seconds": "From wanting a password's hash to having it, waiting for its turn included.",
        "kindred_publishes_total": "Jobs handed to RabbitMQ, by what came of it.",
        "kindred_publish_duration_seconds": "From handing a job over to the broker's confirm.",
        "kindred_rabbitmq_connects_total": "Attempts to connect to RabbitMQ; all but the first of a process are reconnects.",
        "kindred_deliveries_total": "Jobs that RabbitMQ delivered, by queue.",
        "kindred_undecodable_deliveries_total": "Messages that were no jobs and went to the dead letters.",
        "kindred_jobs_total": "Jobs that ended, by kind and outcome.",
        "kindred_job_duration_seconds": "From taking a job to its end.",
        "kindred_job_queue_wait_seconds": "From accepting a job to taking it.",
        "kindred_recommendation_duration_seconds": "Computing one list, from the profile to the list.",
        "kindred_jobs_held_total": "Times that a job was kept back because Redis did not answer.",
        "kindred_jobs_coalesced_total": "Jobs carried out together with another, at the cost of one.",
        "kindred_job_retries_total": "Times that a job was tried again after it had failed.",
        "kindred_experiment_counts_lost_total":
            "Lists handed out and ratings that were not counted for experiments, since Redis was away or slow.",
        "kindred_generation_number": "The number of the generation that is served; 0 where files are replaced one by one.",
        "kindred_generation_age_seconds": "Since the ratings file that is served was written.",
        "kindred_generation_log_offset":
            "Where in the log those ratings begin that are not in the ratings file; -1 where none were folded in.",
        "kindred_generation_refused": "1 while there are newer files that are not served because something is wrong with them.",
        "kindred_generations_mapped": "Generations in memory: the one that is served, and old ones that something still uses.",
        "kindred_generation_switches_total": "Times that new files took the place of those that were served.",
        "kindred_generation_refusals_total": "Times that new files were refused, by reason.",
        "kindred_rating_log_retention_seconds": "How long the log of ratings keeps what was said, as this process is told.",
        "kindred_live_ratings": "Ratings learnt from the log that are not in the ratings file, with those that were taken back.",
        "kindred_live_ratings_limit": "How many of them are learnt at most.",
        "kindred_live_users": "Users who said something that is not in the ratings file.",
        "kindred_live_new_users": "Users of whom the ratings file knows nothing.",
        "kindred_live_new_items": "Items of which the ratings file knows nothing.",
        "kindred_live_bytes": "Memory that what was learnt takes, roughly.",
        "kindred_live_refused_ratings": "Ratings that were not learnt because there were too many.",
        "kindred_live_missing_entries":
            "Entries that had left the log before they could be learnt, and are not in the ratings file.",
        "kindred_live_lag_entries": "Entries known to be in the log that have not been learnt.",
        "kindred_live_lag_seconds": "How old what was said may be at most that has not been learnt.",
        "kindred_live_refresh_seconds": "How long it took to have models follow what was learnt.",
        "kindred_live_delay_seconds": "From accepting a rating to having learnt it, without what was learnt in bulk.",
        "kindred_redis_commands_total": "Commands sent to Redis, by outcome.",
        "kindred_redis_command_duration_seconds": "From calling to the answer, waiting for the connection included.",
        "kindred_redis_connects_total": "Attempts to connect to Redis; all but the first of a process are reconnects.",
    ]
}
