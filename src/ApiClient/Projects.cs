using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace Cofferdam.ApiClient;

public sealed record ProjectBody(string Name, string Description);

/// <param name="Code">Opaque name, all that annotators see of it.</param>
/// <param name="Name">Null in lists where the vault refused to open it.</param>
/// <param name="Items">Items imported.</param>
public sealed record Project(Guid Id, string Code, string? Name, string? Description, DateTimeOffset CreatedAt, long Items, SlotCounts Slots);

/// <param name="Map">Field of ours (<c>prompt</c>, <c>a</c>, <c>b</c>, <c>id</c>) to path in a row of the file; usual names need none.</param>
/// <param name="BadRows"><c>keep</c> the good rows, or <c>refuse</c> the whole file.</param>
/// <param name="Format"><c>jsonl</c>, <c>json</c> or <c>csv</c>; null: by the file's name.</param>
/// <param name="Update">What becomes of a row whose id is there: <c>refuse</c>, <c>update</c> or <c>skip</c>.</param>
/// <param name="Facets">Facet to path in a row.</param>
public sealed record ImportBody(
    string FileName, IReadOnlyDictionary<string, string> Map, string BadRows, string? Format = null, CsvOptions? Csv = null, string? Update = null,
    IReadOnlyDictionary<string, string>? Facets = null);

/// <summary>How a CSV file is written; null: as found out from the file.</summary>
public sealed record CsvOptions(string? Delimiter = null, string? Encoding = null, string? Quote = null, bool? Header = null);

/// <param name="State"><c>waiting</c>, <c>receiving</c>, <c>done</c>, <c>refused</c>, <c>interrupted</c> or <c>failed</c>.</param>
/// <param name="Bad">Bad rows in all.</param>
/// <param name="BadRows">The first 1,000 of them; empty in lists.</param>
public sealed record Import(
    Guid Id, string State, string? FileName, long Rows, long Imported, long Bad, long Bytes,
    DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, IReadOnlyList<BadRow> BadRows);

/// <param name="Line">From 1.</param>
public sealed record BadRow(long Line, string Reason);

/// <param name="Slots">State of each of its slots.</param>
public sealed record ItemRow(Guid Id, Guid? Batch, IReadOnlyList<string> Slots);

/// <param name="Content">As it was sealed.</param>
public sealed record Item(Guid Id, System.Text.Json.JsonElement Content, long Version, long Receipt);

/// <param name="Answers">The known answers, as if the responses were shown in the item's own order.</param>
/// <param name="Explanation">What people are told afterwards, in training.</param>
public sealed record GoldBody(IReadOnlyDictionary<string, QuestionAnswer> Answers, string? Explanation = null);

/// <param name="Next">What to pass as <c>after</c> for the rows that follow; null at the end.</param>
public sealed record ItemPage(IReadOnlyList<ItemRow> Rows, Guid? Next);

public sealed record SlotCounts(long Open, long Leased, long Submitted, long Accepted, long Returned, long Escalated = 0, long Cancelled = 0);

public sealed record PersonProgress(Guid Pseudonym, string? Name, long Leased, long Submitted, long Accepted, long Returned);

public sealed record Progress(long Items, SlotCounts Slots, IReadOnlyList<PersonProgress> People);

/// <param name="Shape">Such as <c>trl-preference</c>.</param>
/// <param name="Recipient">Base64 of a P-256 public key (SubjectPublicKeyInfo); null: not encrypted to anyone.</param>
/// <param name="Votes"><c>majority</c> or <c>all</c>.</param>
/// <param name="Since">An earlier delivery: only what has changed since.</param>
/// <param name="Batches">Only items of these; null: all.</param>
public sealed record DeliveryBody(string Shape, string? Recipient = null, string Votes = "majority", Guid? Since = null, IReadOnlyList<Guid>? Batches = null);

/// <param name="State"><c>making</c>, <c>done</c> or <c>failed</c>.</param>
/// <param name="Items">Items in the project with at least one accepted answer, counted when the making began.</param>
/// <param name="Taken">Of these, how many have been looked at so far.</param>
/// <param name="Rows">Rows written to the training file.</param>
/// <param name="Ties">Listed as ties.</param>
/// <param name="Unfit">Rows that cannot be expressed in the shape; they are listed in the package with their reasons.</param>
/// <param name="Withdrawn">Items of the delivery built on that have no accepted answer any more; listed too.</param>
/// <param name="Bytes">Size of the package.</param>
/// <param name="Problem">Code of what went wrong, where it failed.</param>
public sealed record Delivery(
    Guid Id, string Shape, string State, bool Encrypted, long Items, long Taken, long Rows, long Ties, long Unfit, long Bytes,
    DateTimeOffset MadeAt, DateTimeOffset? DoneAt, string? Problem, string Votes = "majority", Guid? Since = null, long Withdrawn = 0);

/// <param name="Key">Base64 of an Ed25519 public key, 32 bytes.</param>
public sealed record DeliveryKey(string Key);

/// <param name="Kind"><c>person</c> or <c>service</c>.</param>
public sealed record DisclosurePerson(string Kind, Guid Pseudonym, string? Name);

public sealed record DisclosedRecord(string Kind, Guid Id, long Version, long Bytes, bool Again);

public sealed record Disclosure(
    long Sequence, DateTimeOffset Time, string Act, DisclosurePerson Person, string Purpose, IReadOnlyList<DisclosedRecord> Records,
    Guid? Assignment, string? Refusal);

/// <param name="Next">Sequence number to page on before; null at the end.</param>
public sealed record DisclosurePage(IReadOnlyList<Disclosure> Rows, long? Next);

/// <summary>Which disclosures are asked for; null: any.</summary>
public sealed record DisclosureQuery(
    Guid? Person = null, Guid? Record = null, string? Act = null, DateTimeOffset? From = null, DateTimeOffset? To = null, long? Before = null, int Limit = 100)
{
    /// <summary>Id of the server process that asked.</summary>
    public Guid? Process { get; init; }

    /// <summary>A vendor's work for the lab.</summary>
    public Guid? Engagement { get; init; }

    /// <summary>As a query, with its question mark.</summary>
    internal string ToQuery()
    {
        var text = new StringBuilder($"?limit={Limit}");
        Add("person", Person?.ToString());
        Add("record", Record?.ToString());
        Add("act", Act);
        Add("from", From?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        Add("to", To?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        Add("process", Process?.ToString());
        Add("engagement", Engagement?.ToString());
        Add("before", Before?.ToString());
        return text.ToString();

        void Add(string name, string? value)
        {
            if (value is not null)
                text.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }
}

/// <param name="Scope"><c>lab</c>, <c>project</c>, <c>engagement</c>, <c>person</c>, <c>process</c>, <c>export</c> or <c>model</c>.</param>
/// <param name="Reason">Reason class: <c>securityIncident</c>, <c>qualityQuestion</c>, <c>contractQuestion</c>, <c>plannedPause</c>, <c>other</c>.</param>
/// <param name="Id">Of the project, engagement, process, export or model, or the person's pseudonym; null for the lab, and for all exports or models.</param>
/// <param name="Until">When it ends of itself; null: when it is lifted.</param>
/// <param name="Drill">Everything happens but the stop.</param>
public sealed record SuspensionBody(string Scope, Guid? Id, string Reason, DateTimeOffset? Until = null, bool Drill = false);

/// <param name="SuspensionId">To lift it by.</param>
/// <param name="Id">What it covers.</param>
/// <param name="Receipt">Its own receipt.</param>
/// <param name="LastDisclosure">The last disclosure in its scope before it.</param>
/// <param name="Drill">It stops nothing.</param>
/// <param name="TwoToLift">Lifting it takes two people.</param>
/// <param name="InFlight">Receipts in scope whose plaintext a server had been given just before; null but right after it was made.</param>
/// <param name="Acknowledged">Vault processes that acknowledged it; null but right after it was made.</param>
/// <param name="Expired">Vault processes that did not, and whose lease has run out; null but right after it was made.</param>
public sealed record Suspension(
    [property: JsonPropertyName("suspension")] Guid SuspensionId, string Scope, Guid Id, string Reason,
    DateTimeOffset Since, DateTimeOffset? Until, long Receipt, long? LastDisclosure,
    bool Drill = false, bool TwoToLift = false, IReadOnlyList<long>? InFlight = null, int? Acknowledged = null, int? Expired = null);

/// <param name="Sentence">What became of the request to lift a suspension.</param>
public sealed record Resumption(string Sentence);

/// <param name="Root">Base64 of the RFC 6962 root hash.</param>
/// <param name="Unseals">Decryptions of records in this process, counted at the AEAD call.</param>
public sealed record LedgerHead(long Size, string Root, long Unseals, bool Evaluation, Guid Process);

/// <summary>A receipt with all that is needed to recompute its leaf.</summary>
/// <param name="What">Base64 of the canonical bytes of lab, project, records, purpose, process.</param>
/// <param name="Who">Base64 of the canonical bytes of principal, session, assignment.</param>
/// <param name="Salt">Base64, 32 bytes.</param>
/// <param name="Leaf">Base64 of the canonical leaf.</param>
public sealed record LedgerReceipt(long Sequence, DateTimeOffset Time, string Act, string What, string Who, string Salt, string Leaf);
