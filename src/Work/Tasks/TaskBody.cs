using System.Text.Json;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Batches;
using Cofferdam.Work.Forms;
using Cofferdam.Work.Items;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Reviews;
using Cofferdam.Work.Slots;

namespace Cofferdam.Work.Tasks;

/// <summary>A task as the workroom gets it.</summary>
/// <param name="batch">Null in a preview.</param>
/// <param name="form">Needed where the item has prelabels.</param>
/// <param name="opened">The item, then <paramref name="sections"/> sections, then what was typed, then the reviewer's words and what they rest on.</param>
/// <param name="typed">What the record of what was typed is; null where there is none.</param>
internal sealed class TaskBody(
    ProjectFacts project, Batch? batch, SlotLease lease, ItemJson item, Form? form, OpenOutcome.Opened opened, int sections, RecordKind? typed) : JsonBody
{
    /// <summary>The task that comes next, for who signs; null for others, and where there is none.</summary>
    public OfferedTask? Next { get; set; }

    protected override void Write(Utf8JsonWriter json)
    {
        Guid? veiled = batch is { GoldPercent: > 0, GoldFeedback: GoldFeedback.Kept } ? project.Veiled(lease.Item) : null;
        json.WriteStartObject();
        json.WriteString("slot"u8, lease.Slot);
        json.WriteString("project"u8, project.Id.Value);
        json.WriteString("item"u8, veiled ?? lease.Item);
        json.WriteString("batchCode"u8, batch?.Code ?? "");
        WriteItem(json, item, project.Arrange(lease.Slot, lease.Flipped), form, veiled);
        WriteSections(json, opened.Records, 1, sections);
        json.WriteNumber("guidelineVersion"u8, lease.GuidelineVersion);
        json.WriteNumber("formVersion"u8, lease.FormVersion);
        if (lease.LeaseUntil is { } until)
            json.WriteString("leaseUntil"u8, until);
        else
            json.WriteNull("leaseUntil"u8);
        WriteDraft(json);
        json.WriteString("state"u8, Names.Of(lease.State));
        json.WriteNumber("rounds"u8, lease.Rounds);
        WriteReason(json);
        json.WriteNumber("receipt"u8, opened.Receipt);
        WriteNext(json);
        json.WriteEndObject();
    }

    private void WriteNext(Utf8JsonWriter json)
    {
        if (Next is null)
            return;
        json.WriteStartObject("next"u8);
        json.WriteString("slot"u8, Next.Slot);
        json.WriteString("lab"u8, Next.Lab.Value);
        json.WriteString("key"u8, Next.Key);
        json.WritePropertyName("open"u8);
        ProofsWanted.Write(json, Next.Open, Next.Nonce);
        json.WriteEndObject();
    }

    private void WriteDraft(Utf8JsonWriter json)
    {
        if (typed is null)
        {
            json.WriteNull("draft"u8);
            return;
        }

        var record = opened.Records[1 + sections];
        json.WriteStartObject("draft"u8);
        json.WriteNumber("version"u8, typed is RecordKind.Draft ? record.Version : 0);
        json.WritePropertyName("answers"u8);
        if (typed is RecordKind.Draft)
            json.WriteRawValue(DraftJson.Answers(record.Plaintext.Span), skipInputValidation: true);
        else
            AnswerJson.WriteShown(json, record.Plaintext);
        json.WriteEndObject();
    }

    private void WriteReason(Utf8JsonWriter json)
    {
        if (lease.Reason is null)
        {
            json.WriteNull("reason"u8);
            return;
        }

        var words = 1 + sections + (typed is null ? 0 : 1);
        json.WriteString("reason"u8, Words.Read(opened.Records[words]));
        if (opened.Records.Count > words + 1)
            ReviewBody.WriteEvidence(json, Words.ReadEvidence(opened.Records[words + 1]));
    }
}
