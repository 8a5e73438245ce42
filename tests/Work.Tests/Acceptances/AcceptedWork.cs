using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Work.Tests.Acceptances;

/// <summary>Steps to a batch that can be judged.</summary>
internal static class AcceptedWork
{
    extension(LabHost host)
    {
        /// <summary><c>ada</c> answers everything, <c>rev</c> accepts it.</summary>
        public async Task AcceptAllAsync(string project)
        {
            while (true)
            {
                using var next = await host.SendAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/next");
                if (next.StatusCode is System.Net.HttpStatusCode.NoContent)
                    break;
                await host.SubmitAsync(project, JsonDocument.Parse(await next.Content.ReadAsStringAsync()).RootElement);
            }

            await host.ReviewAllAsync(project);
        }

        public async Task ReviewAllAsync(string project)
        {
            while (await host.AskAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/next") is { ValueKind: JsonValueKind.Object } review)
                await host.AskAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/{review.GetProperty("slot").GetString()}", new { decision = "accept" });
        }

        public async Task<string> DrawPathAsync(string project)
        {
            var batches = await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/batches");
            return $"/projects/{project}/batches/{batches[0].GetProperty("id").GetString()}/acceptances";
        }

        /// <summary>Receipts of opens for one purpose.</summary>
        public async Task<List<ReceiptEntry>> ReceiptsAsync(string project, string purpose)
        {
            await using var connection = await host.Store.OpenAsync();
            await using var command = connection.Command("SELECT lab FROM project WHERE id = @id", ("@id", Guid.Parse(project)));
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            var receipts = await host.Vault.ReceiptsAsync(new ReceiptQuery(new LabId(reader.Id(0)), new ProjectId(Guid.Parse(project)), Acts: [Act.Open], Limit: 1_000));
            return [.. receipts.Where(receipt => string.Equals(receipt.Purpose.ToString(), purpose, StringComparison.OrdinalIgnoreCase))];
        }

        public async Task ExecuteAsync(string sql)
        {
            await using var connection = await host.Store.OpenAsync();
            await connection.ExecuteAsync(sql);
        }
    }
}
