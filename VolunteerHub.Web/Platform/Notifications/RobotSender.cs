using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VolunteerHub.Web.Platform.Notifications;

/// <summary>Writes into a WeCom group by its robot (企业微信群机器人): 4096 bytes a message, 20 messages a minute.</summary>
public sealed class RobotSender(IHttpClientFactory clients)
{
    /// <summary>The name of the client by which robots are asked.</summary>
    public const string Client = "robot";

    /// <summary>The most that a message may hold, in bytes of UTF-8.</summary>
    public const int MostBytes = 4096;

    /// <summary>The most that a robot takes in a minute.</summary>
    public const int MostAMinute = 20;

    /// <summary>What the robot answers where it was asked too often.</summary>
    private const int TooOften = 45009;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <param name="webhook">Whoever has it can write into the group: it is never logged.</param>
    /// <param name="content">In the robot's markdown.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What went wrong; <see cref="DeliveryFailure.None"/> where the robot took it.</returns>
    public async Task<DeliveryFailure> SendAsync(string webhook, string content, CancellationToken ct)
    {
        try
        {
            using var body = new StringContent(JsonSerializer.Serialize(new Post("markdown", new Markdown(content)), Json), Encoding.UTF8, "application/json");
            using var client = clients.CreateClient(Client);
            using var answer = await client.PostAsync(new Uri(webhook), body, ct);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) return DeliveryFailure.RobotTooOften;
            if (!answer.IsSuccessStatusCode) return (int)answer.StatusCode >= 500 ? DeliveryFailure.RobotUnreachable : DeliveryFailure.RobotRefused;
            return JsonSerializer.Deserialize<Answer>(await answer.Content.ReadAsStringAsync(ct)) switch
            {
                { ErrCode: 0 } => DeliveryFailure.None,
                { ErrCode: TooOften } => DeliveryFailure.RobotTooOften,
                _ => DeliveryFailure.RobotRefused,
            };
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException || failure is TaskCanceledException && !ct.IsCancellationRequested)
        {
            return failure is JsonException ? DeliveryFailure.RobotRefused : DeliveryFailure.RobotUnreachable;
        }
    }

    private sealed record Post([property: JsonPropertyName("msgtype")] string Kind, Markdown Markdown);

    private sealed record Markdown(string Content);

    private sealed record Answer([property: JsonPropertyName("errcode")] int? ErrCode);
}
