using System.Diagnostics;

namespace VolunteerHub.Tests.Support;

/// <summary>The product in a process of its own, on a directory of records, by the real clock.</summary>
public sealed class OwnProcess : IDisposable
{
    private readonly Process _process;

    private OwnProcess(Process process) => _process = process;

    /// <summary>Starts it.</summary>
    /// <param name="directory">Of its records.</param>
    /// <param name="address">Where it is reached; by default at an address that nobody needs to know.</param>
    public static OwnProcess Start(string directory, string address = "http://127.0.0.1:0")
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "VolunteerHub.Web.dll"), "--urls", address, "--contentRoot", Source.At("VolunteerHub.Web")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["VOLUNTEERHUB__DATADIRECTORY"] = directory;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        var process = Process.Start(start)!;
        // Nobody reads it, and yet it must not fill up.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new OwnProcess(process);
    }

    /// <summary>Kills it as it stands: nothing of it runs any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
