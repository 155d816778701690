using Microsoft.Extensions.Localization;
using MudBlazor;
using VolunteerHub.Web.Components.Controls;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Requests;

/// <summary>Asks what a move needs to know, and does it: one call for cards and panel.</summary>
public sealed class RequestMoves(
    DispatchRequest dispatch, AcceptRequest accept, HandBackRequest handBack, CloseRequest close, RefuseRequest refuse, WithdrawRequest withdraw,
    RequestDetails details, IDialogService dialogs, IStringLocalizer<Texts> texts)
{
    /// <returns>What came of it; null where the person went back.</returns>
    public async Task<Outcome?> AskAsync(Actor actor, RequestId id, RequestMove move)
    {
        switch (move)
        {
            case RequestMove.Accept:
                return await accept.RunAsync(actor, id);
            case RequestMove.Dispatch:
                var looked = await details.LoadAsync(actor, id);
                if (looked.Refused) return looked.WithoutValue;
                if (await DispatchDialog.AskAsync(dialogs, texts["RequestMove.Dispatch"], looked.Value) is not { } sent) return null;
                return await dispatch.RunAsync(actor, id, sent.Team, sent.Kind, sent.Groups);
            case RequestMove.Close:
                var seen = await details.LoadAsync(actor, id);
                if (seen.Refused) return seen.WithoutValue;
                if (await CloseDialog.AskAsync(dialogs, texts["RequestMove.Close"], seen.Value) is not { } result) return null;
                return await close.RunAsync(actor, id, result);
            default:
                var why = await ReasonDialog.AskAsync(dialogs, texts[$"RequestMove.{move}"], Explain(move), texts["Requests.Why"], texts[$"RequestMove.{move}"]);
                if (why is null) return null;
                return move switch
                {
                    RequestMove.HandBack => await handBack.RunAsync(actor, id, why),
                    RequestMove.Refuse => await refuse.RunAsync(actor, id, why),
                    _ => await withdraw.RunAsync(actor, id, why),
                };
        }
    }

    private string Explain(RequestMove move) => move switch
    {
        RequestMove.HandBack => texts["Requests.HandBackExplain"],
        RequestMove.Refuse => texts["Requests.RefuseExplain"],
        _ => texts["Requests.WithdrawExplain"],
    };
}
