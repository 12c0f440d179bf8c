# Whether a test has come to its end. Terraform takes one for done that was killed while another resource ended.

function Invoke-NotedTest {
    # A failure needs no note: Terraform marks the resource, and runs the test again.
    param([string] $Name, [hashtable] $Settings)
    Set-TimeoutNote -Path (Get-JournalFile -Key $env:LYNC_TEST_ID -Note 'tested')
    Invoke-LyncTest -Name $Name -Settings $Settings
    Write-Journal -Key $env:LYNC_TEST_ID -Note 'tested' -Text $Name
    Remove-OldJournal -Note 'tested' -Days 30
}

function Confirm-Test {
    # Runs the test where there is no note of its end. That may be on another runner: then it runs once more than needed. The
    # note stays for a while: this look may be killed too, and is made again then.
    param([string] $Name)
    if (Read-Journal -Key $env:LYNC_TEST_ID -Note 'tested') {
        Write-Line ($Name + ' has come to its end.')
        return
    }
    Write-Line ('This runner has no note that ' + $Name + ' came to its end: a deploy was interrupted. It runs now.')
    $settings = Get-DeclaredSetting
    Invoke-LyncTest -Name $Name -Settings $settings
}
